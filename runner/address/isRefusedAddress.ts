import { isIP } from 'node:net';
import { toBlockList } from './toBlockList';

/** Everything that is not globally reachable unicast. Source: IANA special-purpose registries. */
const REFUSED_IPV4 = [
	'0.0.0.0/8',
	'10.0.0.0/8',
	'100.64.0.0/10',
	'127.0.0.0/8',
	'169.254.0.0/16',
	'172.16.0.0/12',
	'192.0.0.0/24',
	'192.0.2.0/24',
	'192.88.99.0/24',
	'192.168.0.0/16',
	'198.18.0.0/15',
	'198.51.100.0/24',
	'203.0.113.0/24',
	'224.0.0.0/4',
	'240.0.0.0/4',
];

/** Global unicast; all else (loopback, mapped, NAT64, unique local, link-local, multicast) is refused. */
const GLOBAL_IPV6 = '2000::/3';

/** Refused within it: Teredo and other protocol assignments, documentation, 6to4. */
const REFUSED_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const refused = toBlockList(REFUSED_IPV4);
const globalIpv6 = toBlockList([GLOBAL_IPV6]);
const refusedIpv6 = toBlockList(REFUSED_IPV6);
const loopbackIpv4 = toBlockList(['127.0.0.0/8']);

/** Whether an IP address is private, loopback or otherwise not public. What is no address is refused. */
export function isRefusedAddress(address: string): boolean {
	const bare = withoutZone(address);
	switch (isIP(bare)) {
		case 4:
			return refused.check(bare, 'ipv4');
		case 6:
			return !globalIpv6.check(bare, 'ipv6') || refusedIpv6.check(bare, 'ipv6');
		default:
			return true;
	}
}

/** 127.0.0.0/8 and ::1. */
export function isLoopbackAddress(address: string): boolean {
	const bare = withoutZone(address);
	return isIP(bare) === 4 ? loopbackIpv4.check(bare, 'ipv4') : bare === '::1';
}

/** `fe80::1%eth0` without what comes after the address. */
export function withoutZone(address: string): string {
	return address.split('%', 1)[0] ?? '';
}
