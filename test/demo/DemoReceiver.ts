import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { EventName, WebhookBody } from '../../contract';

const WAIT_TIMEOUT_MS = 20_000;

type BodyOf<Event extends EventName> = Extract<WebhookBody, { event: Event }>;

/**
 * Whoever receives the webhooks. It verifies each delivery over its raw body with the Standard Webhooks
 * library, not with our own code, and hands each of them out once.
 */
export class DemoReceiver {
	/** Signs the deliveries, `whsec_…`; nothing is accepted before it is set. */
	secret = '';
	private readonly unread: WebhookBody[] = [];
	private problem: Error | undefined;
	private wake = Promise.withResolvers<void>();
	private readonly server = createServer((request, response) => {
		this.take(request, response).catch((error: unknown) => this.fail(String(error)));
	});

	async start(): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.server.once('error', reject);
			this.server.listen(0, '127.0.0.1', resolve);
		});
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/webhook`;
	}

	/** The oldest unread delivery of that event that matches; rejects in time, and on a wrong signature. */
	async next<Event extends EventName>(
		event: Event,
		matches: (body: BodyOf<Event>) => boolean = () => true,
	): Promise<BodyOf<Event>> {
		const timer = setTimeout(
			() => this.fail(`no ${event} webhook arrived within ${WAIT_TIMEOUT_MS / 1000} s`),
			WAIT_TIMEOUT_MS,
		);
		try {
			for (;;) {
				if (this.problem) throw this.problem;
				const index = this.unread.findIndex(
					(body) => body.event === event && matches(body as BodyOf<Event>),
				);
				if (index >= 0) return this.unread.splice(index, 1)[0] as BodyOf<Event>;
				await this.wake.promise;
			}
		} finally {
			clearTimeout(timer);
		}
	}

	async stop(): Promise<void> {
		if (!this.server.listening) return;
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const raw = Buffer.concat(chunks).toString();
		if (!this.isSigned(raw, request.headers)) {
			response.writeHead(401).end();
			this.fail('a webhook arrived with a wrong signature');
			return;
		}
		response.writeHead(204).end();
		this.unread.push(JSON.parse(raw) as WebhookBody);
		this.rouse();
	}

	private isSigned(raw: string, headers: IncomingMessage['headers']): boolean {
		try {
			new Webhook(this.secret).verify(raw, headers as Record<string, string>);
			return true;
		} catch {
			return false;
		}
	}

	private fail(text: string): void {
		this.problem ??= new Error(text);
		this.rouse();
	}

	private rouse(): void {
		this.wake.resolve();
		this.wake = Promise.withResolvers();
	}
}
