import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { AddressRefusedError } from './AddressRefusedError';

export type ResolveName = (
	hostname: string,
	callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A `lookup` for sockets that gives allowed addresses only, checked at the very moment of dialling:
 * a name that changes its address after a check gains nothing. `refusal` is what the error says.
 */
export function createGuardedLookup(
	resolve: ResolveName,
	isAllowed: (address: string) => boolean,
	refusal?: string,
): LookupFunction {
	// One question a name at a time: look-ups share a few threads, and a dead name server must not
	// take them all through one receiver.
	const waiting = new Map<string, Array<Parameters<ResolveName>[1]>>();
	const resolveOnce: ResolveName = (hostname, callback) => {
		const others = waiting.get(hostname);
		if (others) {
			others.push(callback);
			return;
		}
		const callbacks = [callback];
		waiting.set(hostname, callbacks);
		resolve(hostname, (error, addresses) => {
			waiting.delete(hostname);
			for (const one of callbacks) one(error, addresses);
		});
	};
	return (hostname, options, callback) => {
		resolveOnce(hostname, (error, addresses) => {
			if (error) return callback(error, '', 0);
			const allowed = addresses.filter(
				({ address, family }) =>
					isAllowed(address) && (options.family ? toFamily(options.family) === family : true),
			);
			const first = allowed[0];
			if (!first) return callback(new AddressRefusedError(refusal), '', 0);
			if (options.all) callback(null, allowed);
			else callback(null, first.address, first.family);
		});
	};
}

function toFamily(family: number | 'IPv4' | 'IPv6'): number {
	if (typeof family === 'number') return family;
	return family === 'IPv4' ? 4 : 6;
}
