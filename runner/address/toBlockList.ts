import { BlockList, isIP } from 'node:net';

/** Addresses and ranges in CIDR notation, of both families, as a list to check against. */
export function toBlockList(ranges: readonly string[]): BlockList {
	const list = new BlockList();
	for (const range of ranges) {
		const [network = '', bits] = range.split('/');
		const isIpv6 = isIP(network) === 6;
		list.addSubnet(network, Number(bits ?? (isIpv6 ? 128 : 32)), isIpv6 ? 'ipv6' : 'ipv4');
	}
	return list;
}
