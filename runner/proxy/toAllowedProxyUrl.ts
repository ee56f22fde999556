import { ApiError } from '../ApiError';
import type { AddressGuard } from '../address';
import { ProxyAddressError, readProxyAddress, toPlace, toProxyUrl } from './ProxyAddress';
import type { ProxyAddress } from './ProxyAddress';

/**
 * The URL of a proxy that an instance may use, in the one way it is stored: whoever has the key of an
 * instance must not reach into the network of the runner through what they call a proxy. Throws
 * `invalid_proxy_url`, `proxy_address_refused`.
 */
export function toAllowedProxyUrl(guard: AddressGuard, text: string): string {
	const proxy = read(text);
	if (guard.refusalOf(toGuarded(proxy), { allowLoopback: false })) {
		throw new ApiError('proxy_address_refused');
	}
	return toProxyUrl(proxy);
}

/** The proxy as the address guard takes addresses: nothing but its place counts. */
export function toGuarded(proxy: ProxyAddress): string {
	return `https://${toPlace(proxy)}/`;
}

function read(text: string): ProxyAddress {
	try {
		return readProxyAddress(text);
	} catch (error) {
		if (!(error instanceof ProxyAddressError)) throw error;
		throw new ApiError('invalid_proxy_url', `proxyUrl ${error.message}`);
	}
}
