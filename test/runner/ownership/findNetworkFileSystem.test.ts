import { tmpdir } from 'node:os';
import {
	findNetworkFileSystem,
	type MachineFiles,
} from '../../../runner/ownership/findNetworkFileSystem';
import type { Mount } from '../../../runner/ownership/toMounts';

const EXT4 = 0xef53;
const FUSE = 0x65735546;

/** A machine on which every path has that magic. */
function machine(magic: number, mounts: Mount[] = [], platform = 'linux'): MachineFiles {
	return {
		platform: platform as NodeJS.Platform,
		readMagic: () => magic,
		readMounts: () => mounts,
		toRealPath: (path) => path,
	};
}

describe('findNetworkFileSystem', () => {
	test.each([
		[0x6969, 'nfs'],
		[0x517b, 'smb'],
		[0xfe534d42, 'smb2'],
		[0xff534d42, 'cifs'],
		[0x00c36400, 'ceph'],
	])('on Linux %i is %s', (magic, name) => {
		expect(findNetworkFileSystem('/data', machine(magic))).toBe(name);
	});

	test.each([
		['ext4', EXT4],
		['xfs', 0x58465342],
		['btrfs', 0x9123683e],
		['tmpfs', 0x01021994],
		['overlay, a container’s', 0x794c7630],
		['zfs', 0x2fc12fc1],
		['9p, a sandbox’s', 0x01021997],
	])('%s is a disk of this machine', (_, magic) => {
		expect(findNetworkFileSystem('/data', machine(magic))).toBeUndefined();
	});

	test('FUSE is told by the name of what is mounted where the folder lies', () => {
		const mounts = [
			{ folder: '/', type: 'ext4' },
			{ folder: '/mnt', type: 'fuse.mergerfs' },
			{ folder: '/mnt/far', type: 'fuse.sshfs' },
			{ folder: '/host', type: 'fuse.grpcfuse' },
			{ folder: '/bucket', type: 'fuse.s3fs' },
		];
		const at = (folder: string) => findNetworkFileSystem(folder, machine(FUSE, mounts));
		expect(at('/mnt/far/data')).toBe('sshfs');
		expect(at('/bucket')).toBe('s3fs');
		expect(at('/mnt/data')).toBeUndefined();
		expect(at('/mnt/farther')).toBeUndefined();
		expect(at('/host/data')).toBeUndefined();
	});

	test('of two in the same place the one mounted later counts', () => {
		const mounts = [
			{ folder: '/data', type: 'fuse.sshfs' },
			{ folder: '/data', type: 'fuse.mergerfs' },
		];
		expect(findNetworkFileSystem('/data/x', machine(FUSE, mounts))).toBeUndefined();
	});

	test('on macOS and Windows it is told by mount, and by the path', () => {
		const mounts = [
			{ folder: '/', type: 'apfs' },
			{ folder: '/Volumes/share', type: 'smbfs' },
		];
		const mac = machine(0x1a, mounts, 'darwin');
		expect(findNetworkFileSystem('/Volumes/share/data', mac)).toBe('smbfs');
		expect(findNetworkFileSystem('/Users/ann/data', mac)).toBeUndefined();
		const windows = machine(0, [], 'win32');
		expect(findNetworkFileSystem('\\\\server\\share\\data', windows)).toBe('a network drive');
		expect(findNetworkFileSystem('C:\\data', windows)).toBeUndefined();
	});

	test('a link is followed to where it leads', () => {
		const files = { ...machine(EXT4), toRealPath: () => '/far/data' };
		const readMagic = (path: string) => (path === '/far/data' ? 0x6969 : EXT4);
		expect(findNetworkFileSystem('/data', { ...files, readMagic })).toBe('nfs');
	});

	test('what the machine does not tell is not held against the folder', () => {
		const readMagic = () => {
			throw new Error('ENOSYS');
		};
		expect(findNetworkFileSystem('/data', { ...machine(0), readMagic })).toBeUndefined();
	});

	test('the folder for temporary files of this machine may be used', () => {
		expect(findNetworkFileSystem(tmpdir())).toBeUndefined();
	});
});
