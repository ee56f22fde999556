import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import type { EventName, WebhookBody } from '../../contract';

const WAIT_TIMEOUT_MS = 15_000;

export interface ReceivedDelivery {
	body: WebhookBody;
	raw: string;
	headers: IncomingMessage['headers'];
	at: number;
}

/** A webhook receiver: a real HTTP server that checks signatures with an independent library. */
export class WebhookReceiver {
	readonly deliveries: ReceivedDelivery[] = [];
	/** Status to answer with; 200 unless a test says otherwise. */
	answer: (body: WebhookBody) => number = () => 200;
	/** Given, every delivery must be signed with it. */
	secret: string | undefined;
	/** The sender's clock is another one: only its signature is checked, not its time. */
	ignoresTime = false;
	/** Deliveries whose signature was wrong. */
	forged = 0;
	private calls = 0;
	private callsUnderWay = 0;
	private readonly server = createServer((request, response) => void this.take(request, response));
	private readonly listeners = new Set<() => void>();

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
	}

	of<T extends EventName>(event: T): Array<Extract<WebhookBody, { event: T }>> {
		return this.deliveries
			.map(({ body }) => body)
			.filter((body): body is Extract<WebhookBody, { event: T }> => body.event === event);
	}

	/** Resolves when no delivery is being taken, and none has come for so long. */
	async quiet(forMs: number): Promise<void> {
		for (let seen = -1; seen !== this.calls || this.callsUnderWay > 0;) {
			seen = this.calls;
			await delay(forMs);
		}
	}

	/** Resolves when what is looked for has arrived. */
	async until<T>(
		look: () => T | undefined | false,
		what: string,
		timeoutMs = WAIT_TIMEOUT_MS,
	): Promise<T> {
		const { promise, resolve, reject } = Promise.withResolvers<T>();
		const listener = () => {
			const found = look();
			if (found !== undefined && found !== false) resolve(found);
		};
		const timer = setTimeout(() => {
			const seen = this.deliveries.map(({ body }) => body.event).join(', ');
			reject(new Error(`Waited in vain for ${what}; arrived so far: ${seen || 'nothing'}`));
		}, timeoutMs);
		this.listeners.add(listener);
		listener();
		try {
			return await promise;
		} finally {
			clearTimeout(timer);
			this.listeners.delete(listener);
		}
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
		this.calls++;
		this.callsUnderWay++;
		response.once('close', () => this.callsUnderWay--);
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const raw = Buffer.concat(chunks).toString();
		if (this.secret && !this.isSigned(raw, request.headers)) this.forged++;
		const body = JSON.parse(raw) as WebhookBody;
		const status = this.answer(body);
		response.writeHead(status).end();
		if (status >= 300) return;
		this.deliveries.push({ body, raw, headers: request.headers, at: Date.now() });
		for (const listener of this.listeners) listener();
	}

	private isSigned(raw: string, headers: IncomingMessage['headers']): boolean {
		const webhook = new Webhook(this.secret ?? '');
		const given = headers as Record<string, string>;
		try {
			if (!this.ignoresTime) return Boolean(webhook.verify(raw, given));
			const time = new Date(Number(given['webhook-timestamp']) * 1_000);
			const expected = webhook.sign(given['webhook-id'] ?? '', time, raw);
			return given['webhook-signature']?.split(' ').includes(expected) ?? false;
		} catch {
			return false;
		}
	}
}
