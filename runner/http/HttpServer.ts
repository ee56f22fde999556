import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { createServer } from './createServer';
import type { HttpParts } from './HttpParts';
import { ListenError } from './ListenError';

/** The HTTP API, listening. */
export class HttpServer {
	private constructor(
		private readonly server: FastifyInstance,
		/** Without a slash at its end. */
		readonly url: string,
	) {}

	/** `port` 0 takes any free one. Rejects with a ListenError. */
	static async listen(
		parts: HttpParts,
		{ host, port }: { host: string; port: number },
	): Promise<HttpServer> {
		const server = createServer(parts);
		// Fastify would open a second server for ::1, and that one would lack our handlers.
		const address = host === 'localhost' ? '127.0.0.1' : host;
		try {
			await server.listen({ host: address, port });
		} catch (error) {
			await server.close();
			throw new ListenError({ host, port }, error);
		}
		const { port: boundPort } = server.server.address() as AddressInfo;
		return new HttpServer(server, toUrl(host, boundPort));
	}

	/**
	 * Takes no new connections; resolves once every call has its answer. Calls that are not answered
	 * after `graceMs` are cut off.
	 */
	async close(graceMs: number): Promise<void> {
		const cutOff = setTimeout(() => this.server.server.closeAllConnections(), graceMs);
		await this.server.close();
		clearTimeout(cutOff);
	}
}

/** Where this machine reaches it: an address that means "all of them" is not one to call. */
function toUrl(host: string, port: number): string {
	const reachable = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? host;
	const bracketed = reachable.includes(':') && !reachable.startsWith('[');
	return `http://${bracketed ? `[${reachable}]` : reachable}:${port}`;
}
