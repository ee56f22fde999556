import type { LookupFunction, Socket } from 'node:net';
import { openHttpTunnel } from './openHttpTunnel';
import { openSocksTunnel } from './openSocksTunnel';
import { toPlace, type ProxyAddress } from './ProxyAddress';
import { ProxyError } from './ProxyError';

/** Where a tunnel leads, and how its proxy is dialled. */
export interface TunnelOptions {
	/** A name stays one: the proxy looks it up. */
	host: string;
	port: number;
	/** For the host of the proxy. */
	lookup: LookupFunction | undefined;
	/** Ends the attempt. */
	signal: AbortSignal;
}

/** A connection to somebody through a proxy, ready to be used. Throws ProxyError. */
export async function openTunnel(
	proxy: ProxyAddress,
	{ timeoutMs, ...options }: Omit<TunnelOptions, 'signal'> & { timeoutMs: number },
): Promise<Socket> {
	const controller = new AbortController();
	const timer = setTimeout(() => controller.abort(), timeoutMs);
	const open = proxy.scheme === 'socks5' ? openSocksTunnel : openHttpTunnel;
	try {
		return await open(proxy, { ...options, signal: controller.signal });
	} catch (error) {
		if (!controller.signal.aborted) throw error;
		throw new ProxyError(
			`the proxy ${toPlace(proxy)} did not answer within ${timeoutMs / 1000} s; check its address, kind and port`,
		);
	} finally {
		clearTimeout(timer);
	}
}
