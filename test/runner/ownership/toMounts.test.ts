import { toMounts } from '../../../runner/ownership/toMounts';

describe('toMounts', () => {
	test('reads Linux’s mountinfo, with and without optional fields, and blanks in names', () => {
		const text = [
			'22 27 0:21 / /proc rw,relatime - proc proc rw',
			'36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 shared:2 - ext4 /dev/root rw,errors=continue',
			'40 27 0:50 / /mnt/my\\040share rw,relatime shared:9 - nfs4 server:/x rw,vers=4.2',
			'41 27 0:51 / /home/ann/remote rw - fuse.sshfs ann@host:/ rw,user_id=0',
			'',
		].join('\n');
		expect(toMounts(text)).toEqual([
			{ folder: '/proc', type: 'proc' },
			{ folder: '/mnt2', type: 'ext4' },
			{ folder: '/mnt/my share', type: 'nfs4' },
			{ folder: '/home/ann/remote', type: 'fuse.sshfs' },
		]);
	});

	test('reads what mount prints on macOS', () => {
		const text = [
			'/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)',
			'//ann@server/My on a (b) on /Volumes/My share (smbfs, nodev, nosuid, mounted by ann)',
			'map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)',
		].join('\n');
		expect(toMounts(text)).toEqual([
			{ folder: '/', type: 'apfs' },
			{ folder: '/Volumes/My share', type: 'smbfs' },
			{ folder: '/System/Volumes/Data/home', type: 'autofs' },
		]);
	});
});
