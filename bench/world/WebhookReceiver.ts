import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Takes webhooks and remembers when each message came first. Answers 200 at once. */
export class WebhookReceiver {
	/** When a message came, by its id; `performance.now()`. */
	readonly arrivals = new Map<string, number>();
	duplicates = 0;
	/** Called at every message that came for the first time. */
	onArrival: (messageId: string) => void = () => undefined;
	private readonly server = createServer((request, response) => void this.take(request, response));

	async start(): Promise<void> {
		this.server.keepAliveTimeout = 60_000;
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
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
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const arrivedAt = performance.now();
		response.writeHead(200, { 'content-length': 0 }).end();
		const { messageId } = JSON.parse(Buffer.concat(chunks).toString()) as { messageId?: string };
		if (messageId === undefined) return;
		if (this.arrivals.has(messageId)) {
			this.duplicates++;
			return;
		}
		this.arrivals.set(messageId, arrivedAt);
		this.onArrival(messageId);
	}
}
