import { lookup } from 'node:dns/promises';
import { BlockList } from 'node:net';

const privateAddresses = new BlockList();
for (const [network, bits] of [
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.168.0.0', 16],
] as const) {
	privateAddresses.addSubnet(network, bits, 'ipv4');
}
privateAddresses.addAddress('::1', 'ipv6');
privateAddresses.addSubnet('fc00::', 7, 'ipv6');
privateAddresses.addSubnet('fe80::', 10, 'ipv6');

/** Whether a host of a URL leads to addresses of a private network only. False when it is unknown. */
export async function isPrivateHost(hostname: string): Promise<boolean> {
	const host = hostname.replace(/^\[|\]$/g, '');
	const addresses = await lookup(host, { all: true }).catch(() => []);
	return (
		addresses.length > 0 &&
		addresses.every(({ address, family }) =>
			privateAddresses.check(address, family === 6 ? 'ipv6' : 'ipv4'),
		)
	);
}
