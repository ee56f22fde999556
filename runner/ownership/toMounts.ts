/** A file system in the tree of files. */
export interface Mount {
	folder: string;
	/** Such as `ext4`, `nfs4`, `fuse.sshfs`. */
	type: string;
}

/** `36 35 98:0 / /mnt rw,noatime shared:1 - ext4 /dev/sda1 rw`: proc_pid_mountinfo(5). */
const MOUNTINFO = /^\d+ \d+ \d+:\d+ \S+ (\S+) .*? - (\S+) /;

/** `//user@host/share on /Volumes/share (smbfs, nodev, nosuid)`: what macOS and the BSDs print. */
const MOUNT_OUTPUT = /^.+? on (\/.*) \(([^,)]+)/;

/** Reads Linux's `/proc/self/mountinfo`, or the output of `mount` elsewhere. */
export function toMounts(text: string): Mount[] {
	return text.split('\n').flatMap((line) => {
		const match = MOUNTINFO.exec(line) ?? MOUNT_OUTPUT.exec(line);
		if (!match) return [];
		const [, folder = '', type = ''] = match;
		return [{ folder: unescape(folder), type }];
	});
}

/** Blanks and the like stand as `\040`. */
function unescape(text: string): string {
	return text.replace(/\\([0-7]{3})/g, (_, octal: string) =>
		String.fromCharCode(Number.parseInt(octal, 8)),
	);
}
