import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HookBody {
	event: string;
	eventId: string;
	messageId?: string;
}

/** Takes webhooks and keeps none of them: a soak is about what stays. */
export class HookReceiver {
	private readonly server = createServer((request, response) => void this.take(request, response));

	constructor(private readonly onBody: (body: HookBody) => void) {}

	async start(): Promise<void> {
		this.server.keepAliveTimeout = 120_000;
		this.server.listen(0, '127.0.0.1');
		await once(this.server, 'listening');
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		try {
			for await (const chunk of request) chunks.push(chunk as Buffer);
		} catch {
			// The runner has hung up half-way: it delivers again.
			return;
		}
		this.onBody(JSON.parse(Buffer.concat(chunks).toString()) as HookBody);
		response.writeHead(200, { 'content-length': 0 }).end();
	}
}
