import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { SocksClient, SocksClientError } from 'socks';
import type { TunnelOptions } from './openTunnel';
import { toPlace, type ProxyAddress } from './ProxyAddress';
import { ProxyError, toUnreachable } from './ProxyError';

/** What `socks` says, and what it means; RFC 1928 and 1929. */
const REASONS: ReadonlyArray<[RegExp, string]> = [
	[/authentication failed/i, 'refuses the user or password; check them'],
	[/no accepted authentication/i, 'wants a user and password; give them'],
	[/NotAllowed/, 'refuses connections to WhatsApp; allow them there, or use another proxy'],
	[/rejected connection/, 'could not connect to WhatsApp'],
	[/invalid socks/i, 'does not speak SOCKS5; check its kind and port'],
];

/** A connection through a SOCKS5 proxy, which looks names up itself. Throws ProxyError. */
export async function openSocksTunnel(
	proxy: ProxyAddress,
	{ host, port, lookup, signal }: TunnelOptions,
): Promise<Socket> {
	const { user, password } = proxy;
	const socket = connect({ host: proxy.host, port: proxy.port, ...(lookup ? { lookup } : {}) });
	const stop = () => void socket.destroy();
	signal.addEventListener('abort', stop);
	try {
		await once(socket, 'connect', { signal });
		await SocksClient.createConnection({
			command: 'connect',
			proxy: {
				type: 5,
				host: proxy.host,
				port: proxy.port,
				...(user === '' ? {} : { userId: user, password }),
			},
			destination: { host, port },
			existing_socket: socket,
		});
		return socket;
	} catch (error) {
		socket.destroy();
		// The error itself holds the password.
		throw new ProxyError(`the proxy ${toPlace(proxy)} ${toReason(error)}`);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

function toReason(error: unknown): string {
	if (!(error instanceof SocksClientError)) return toUnreachable(error);
	const [, reason] = REASONS.find(([words]) => words.test(error.message)) ?? [];
	return reason ?? 'closed the connection; check its kind and port';
}
