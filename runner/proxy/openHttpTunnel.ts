import { request as requestPlain } from 'node:http';
import { request as requestSecure, type RequestOptions } from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { TunnelOptions } from './openTunnel';
import { toPlace, type ProxyAddress } from './ProxyAddress';
import { ProxyError, toUnreachable } from './ProxyError';

/** What follows its name when it speaks something else. */
const NO_PROXY = 'does not answer as an HTTP proxy does; check its kind and port';

/** A connection through an HTTP proxy, by CONNECT. Throws ProxyError. */
export async function openHttpTunnel(
	proxy: ProxyAddress,
	{ host, port, lookup, signal }: TunnelOptions,
): Promise<Socket> {
	const { promise, resolve, reject } = Promise.withResolvers<Socket>();
	const place = toPlace({ host, port });
	const options: RequestOptions = {
		method: 'CONNECT',
		host: proxy.host,
		port: proxy.port,
		path: place,
		headers: { host: place, ...toAuthorization(proxy) },
		// Node would take it from the header, which names where the tunnel leads.
		servername: isIP(proxy.host) ? '' : proxy.host,
		agent: false,
		...(lookup ? { lookup } : {}),
	};
	const outgoing = (proxy.scheme === 'https' ? requestSecure : requestPlain)(options);
	const fail = (reason: string) => {
		reject(new ProxyError(`the proxy ${toPlace(proxy)} ${reason}`));
		outgoing.destroy();
	};
	const stop = () => fail('is too slow');
	signal.addEventListener('abort', stop);
	outgoing.on('connect', ({ statusCode = 0 }, socket, head) => {
		if (statusCode < 200 || statusCode > 299) {
			socket.destroy();
			return fail(toRefusal(statusCode));
		}
		if (head.length > 0) socket.unshift(head);
		resolve(socket);
	});
	outgoing.on('error', (error: NodeJS.ErrnoException) =>
		fail(error.code?.startsWith('HPE_') ? NO_PROXY : toUnreachable(error)),
	);
	outgoing.end();
	try {
		return await promise;
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

function toAuthorization({ user, password }: ProxyAddress): Record<string, string> {
	if (user === '') return {};
	const login = Buffer.from(`${user}:${password}`).toString('base64');
	return { 'proxy-authorization': `Basic ${login}` };
}

function toRefusal(status: number): string {
	if (status === 407) return 'refuses the user or password (407); check them';
	if (status >= 500) return `could not connect to WhatsApp (it answered ${status})`;
	return `refuses connections to WhatsApp (it answered ${status}); allow them there, or use another proxy`;
}
