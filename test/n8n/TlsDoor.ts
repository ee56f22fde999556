import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { connect } from 'node:tls';

/**
 * The test's own way into an n8n that serves TLS with a certificate for a name that is not looked up:
 * plain HTTP on loopback that goes on to it, as a proxy does. It keeps no process from exiting.
 */
export class TlsDoor {
	private constructor(private readonly server: Server) {}

	static async open(port: number): Promise<TlsDoor> {
		const server = createServer((outside) => {
			// The test knows whose port it is; that the package does is what it shows.
			const inside = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
			outside.pipe(inside).pipe(outside);
			outside.once('close', () => inside.destroy()).on('error', () => inside.destroy());
			inside.once('close', () => outside.destroy()).on('error', () => outside.destroy());
		});
		server.listen(0, '127.0.0.1').unref();
		await once(server, 'listening');
		return new TlsDoor(server);
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}
}
