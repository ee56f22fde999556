import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync, statfsSync } from 'node:fs';
import { platform as readPlatform } from 'node:os';
import { toMounts, type Mount } from './toMounts';

/**
 * File systems that other machines write to as well, by `statfs` magic of Linux (linux/magic.h and the
 * drivers' sources): SQLite can rely neither on their locks nor on memory shared through them. 9p is
 * not among them: it is how sandboxes (gVisor, Kata) and WSL show the disk of their own machine.
 */
const NETWORK_MAGICS: ReadonlyMap<number, string> = new Map([
	[0x6969, 'nfs'],
	[0x517b, 'smb'],
	[0xfe534d42, 'smb2'],
	[0xff534d42, 'cifs'],
	[0x00c36400, 'ceph'],
	[0x5346414f, 'afs'],
	[0x6b414653, 'afs'],
	[0x73757245, 'coda'],
	[0x0bd00bd0, 'lustre'],
	[0x47504653, 'gpfs'],
	[0x19830326, 'beegfs'],
	[0x20030528, 'orangefs'],
]);

/** Under one magic many: local ones such as Docker Desktop's and mergerfs, and those below. */
const FUSE_MAGIC = 0x65735546;

/** As `mount` names them; for FUSE without its prefix. */
const NETWORK_TYPES =
	/^(nfs\d*|cifs|smb\w*|ceph\w*|afs\w*|afpfs|webdav|davfs\w*|ftp|sshfs|curlftpfs|s3\w*|gcsfuse|goofys|rclone\w*|blobfuse\w*|juicefs|glusterfs|mfs|moosefs|lizardfs|seaweedfs|hadoop|objectivefs)$/i;

/** How the machine is asked, as an argument for tests. */
export interface MachineFiles {
	platform: NodeJS.Platform;
	/** The file system's number, unsigned. */
	readMagic: (path: string) => number;
	/** What is mounted where. */
	readMounts: () => Mount[];
	/** Without links, and with mapped drives as what they lead to. */
	toRealPath: (path: string) => string;
}

/**
 * The name of the network file system that a folder lies on; undefined when it lies on a disk of this
 * machine, or when the machine does not tell.
 */
export function findNetworkFileSystem(
	folder: string,
	files: MachineFiles = createMachineFiles(),
): string | undefined {
	try {
		const path = files.toRealPath(folder);
		if (files.platform === 'win32') return path.startsWith('\\\\') ? 'a network drive' : undefined;
		if (files.platform !== 'linux') return toNetworkType(path, files.readMounts());
		const magic = files.readMagic(path);
		if (magic === FUSE_MAGIC) return toNetworkType(path, files.readMounts());
		return NETWORK_MAGICS.get(magic);
	} catch {
		// Better to start than to refuse a folder that nothing is known against.
		return undefined;
	}
}

/** Of the file systems that a path lies below the innermost counts, and of two in one place the later. */
function toNetworkType(path: string, mounts: Mount[]): string | undefined {
	const above = mounts.filter(({ folder }) => isBelow(path, folder));
	const innermost = above.reduce<Mount | undefined>(
		(best, mount) => (best && best.folder.length > mount.folder.length ? best : mount),
		undefined,
	);
	const type = innermost?.type.replace(/^(fuse|macfuse|osxfuse)\./, '');
	return type !== undefined && NETWORK_TYPES.test(type) ? type : undefined;
}

function isBelow(path: string, folder: string): boolean {
	return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

function createMachineFiles(): MachineFiles {
	const platform = readPlatform();
	return {
		platform,
		readMagic: (path) => statfsSync(path).type >>> 0,
		readMounts: () =>
			toMounts(
				platform === 'linux'
					? readFileSync('/proc/self/mountinfo', 'utf8')
					: execFileSync('/sbin/mount', { encoding: 'utf8', timeout: 5_000 }),
			),
		toRealPath: (path) => realpathSync.native(path),
	};
}
