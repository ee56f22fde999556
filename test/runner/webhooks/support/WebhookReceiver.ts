import { once } from 'node:events';
import {
	createServer,
	type IncomingHttpHeaders,
	type Server,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedCall {
	path: string;
	headers: IncomingHttpHeaders;
	/** The raw bytes, as text. */
	body: string;
	event: { eventId: string; event: string; chat?: { id: string }; [field: string]: unknown };
	/** Which connection it came over, counted from 1. */
	connection: number;
}

type Answer = (call: ReceivedCall, response: ServerResponse) => void | Promise<void>;

/** A real HTTP receiver on loopback that keeps what it got. Answers 200 unless told otherwise. */
export class WebhookReceiver {
	readonly calls: ReceivedCall[] = [];
	answer: Answer = (_call, response) => void response.end('ok');
	private listeners: Array<() => void> = [];
	private connections = 0;

	private constructor(private readonly server: Server) {
		const numbers = new WeakMap<object, number>();
		server.on('connection', (socket) => numbers.set(socket, (this.connections += 1)));
		server.on('request', (request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const body = Buffer.concat(chunks).toString('utf8');
				const call = {
					path: request.url ?? '',
					headers: request.headers,
					body,
					event: JSON.parse(body) as ReceivedCall['event'],
					connection: numbers.get(request.socket) ?? 0,
				};
				this.calls.push(call);
				void this.answer(call, response);
				for (const listener of this.listeners.splice(0)) listener();
			});
		});
	}

	static async start(port = 0): Promise<WebhookReceiver> {
		const server = createServer();
		server.listen(port, '127.0.0.1');
		await once(server, 'listening');
		return new WebhookReceiver(server);
	}

	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}/hook`;
	}

	get connectionCount(): number {
		return this.connections;
	}

	/** Resolves when so many calls have come in all. */
	async waitForCalls(count: number): Promise<void> {
		while (this.calls.length < count) {
			await new Promise<void>((resolve) => this.listeners.push(resolve));
		}
	}

	eventIds(): string[] {
		return this.calls.map(({ event }) => event.eventId);
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		this.server.close();
		await once(this.server, 'close');
	}
}
