import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { ServerOptions } from 'node:https';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire; `body` is parsed JSON, undefined when there was none. */
export interface SeenRequest {
	method: string;
	path: string;
	query: URLSearchParams;
	headers: IncomingMessage['headers'];
	body: unknown;
}

/** An answer; objects go out as JSON, texts as HTML. */
export interface FakeAnswer {
	status: number;
	body?: object | string;
	headers?: Record<string, string>;
}

/** A real HTTP server on loopback that remembers what it was asked. */
export abstract class HttpFake {
	readonly requests: SeenRequest[] = [];
	private readonly answersByForce: FakeAnswer[] = [];
	private server?: ReturnType<typeof createServer>;
	private isSilent = false;

	constructor(private readonly tls?: ServerOptions) {}

	protected abstract answer(request: SeenRequest): FakeAnswer;

	get url(): string {
		const { port } = this.server?.address() as AddressInfo;
		return `${this.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
	}

	/** Answers the next request with this, whatever it asks. */
	answerNext(answer: FakeAnswer): void {
		this.answersByForce.push(answer);
	}

	/** From now on takes requests and never answers. */
	fallSilent(): void {
		this.isSilent = true;
	}

	async start(): Promise<this> {
		const listener: RequestListener = (request, response) => void this.serve(request, response);
		this.server = this.tls ? createTlsServer(this.tls, listener) : createServer(listener);
		this.server.listen(0, '127.0.0.1');
		await once(this.server, 'listening');
		return this;
	}

	async stop(): Promise<void> {
		const { server } = this;
		if (!server?.listening) return;
		server.closeAllConnections();
		server.close();
		await once(server, 'close');
	}

	private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const request = await readRequest(incoming);
		this.requests.push(request);
		if (this.isSilent) return;
		const { status, body, headers } = this.answersByForce.shift() ?? this.answer(request);
		const isText = typeof body === 'string';
		response.writeHead(status, {
			'content-type': isText ? 'text/html' : 'application/json',
			...headers,
		});
		response.end(isText ? body : JSON.stringify(body ?? {}));
	}
}

async function readRequest(incoming: IncomingMessage): Promise<SeenRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	const text = Buffer.concat(chunks).toString();
	const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://fake');
	return {
		method: incoming.method ?? '',
		path: pathname,
		query: searchParams,
		headers: incoming.headers,
		body: text ? (JSON.parse(text) as unknown) : undefined,
	};
}
