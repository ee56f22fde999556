import { isLoopbackAddress, isRefusedAddress } from '../../../runner/address/isRefusedAddress';

describe('isRefusedAddress', () => {
	test.each([
		'0.0.0.0',
		'10.0.0.1',
		'10.255.255.255',
		'100.64.0.1',
		'100.127.255.255',
		'127.0.0.1',
		'127.255.255.254',
		'169.254.169.254',
		'172.16.0.1',
		'172.31.255.255',
		'192.0.0.8',
		'192.0.2.1',
		'192.88.99.1',
		'192.168.1.1',
		'198.18.0.1',
		'198.19.255.255',
		'198.51.100.1',
		'203.0.113.1',
		'224.0.0.1',
		'239.255.255.255',
		'240.0.0.1',
		'255.255.255.255',
		'::',
		'::1',
		'::7f00:1',
		'::ffff:127.0.0.1',
		'::ffff:8.8.8.8',
		'64:ff9b::7f00:1',
		'64:ff9b:1::1',
		'100::1',
		'2001::1',
		'2001:db8::1',
		'2002:7f00:1::',
		'3fff::1',
		'fc00::1',
		'fdff::1',
		'fe80::1',
		'fe80::1%eth0',
		'fec0::1',
		'ff02::1',
		'5f00::1',
		'',
		'localhost',
		'1.2.3',
		'0x7f000001',
	])('%s is refused', (address) => {
		expect(isRefusedAddress(address)).toBe(true);
	});

	test.each([
		'1.1.1.1',
		'8.8.8.8',
		'9.255.255.255',
		'11.0.0.1',
		'100.63.255.255',
		'100.128.0.1',
		'126.0.0.1',
		'128.0.0.1',
		'172.15.255.255',
		'172.32.0.1',
		'192.167.1.1',
		'192.169.1.1',
		'223.255.255.255',
		'2606:4700:4700::1111',
		'2a00:1450::1',
		'2001:200::1',
		'2003::1',
	])('%s is public', (address) => {
		expect(isRefusedAddress(address)).toBe(false);
	});
});

describe('isLoopbackAddress', () => {
	test('is 127.0.0.0/8 and ::1, and nothing that merely leads there', () => {
		expect(['127.0.0.1', '127.9.9.9', '::1'].every(isLoopbackAddress)).toBe(true);
		expect(
			['0.0.0.0', '::', '::ffff:127.0.0.1', '10.0.0.1', 'localhost'].some(isLoopbackAddress),
		).toBe(false);
	});
});
