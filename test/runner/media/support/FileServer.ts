import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server with whatever answers a test needs; counts its requests. */
export class FileServer {
	requests = 0;
	answer: RequestListener = (_request, response) => response.end('nothing set');
	private readonly server: Server = createServer((request, response) => {
		this.requests += 1;
		this.answer(request, response);
	});

	static async start(): Promise<FileServer> {
		const fileServer = new FileServer();
		fileServer.server.listen(0, '127.0.0.1');
		await once(fileServer.server, 'listening');
		return fileServer;
	}

	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}

	url(path = '/file'): string {
		return `http://127.0.0.1:${this.port}${path}`;
	}

	/** Resolves once no connection is open any more. */
	async untilIdle(): Promise<void> {
		const count = () =>
			new Promise<number>((resolve) => this.server.getConnections((_, open) => resolve(open)));
		while ((await count()) > 0) await new Promise((resolve) => setImmediate(resolve));
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		this.server.close();
		await once(this.server, 'close');
	}
}
