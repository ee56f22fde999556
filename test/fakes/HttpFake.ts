import { once } from 'node:events';
import { pipeline, Readable } from 'node:stream';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { ServerOptions } from 'node:https';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** The file of a multipart form. */
export interface SeenFile {
	field: string;
	name: string;
	type: string;
	bytes: Buffer;
}

/**
 * A request as it came over the wire; `body` is parsed JSON or the fields of a form, undefined when
 * there was none.
 */
export interface SeenRequest {
	method: string;
	path: string;
	query: URLSearchParams;
	headers: IncomingMessage['headers'];
	body: unknown;
	file?: SeenFile;
}

/** An answer; objects go out as JSON, texts as HTML, bytes and streams as they are. */
export interface FakeAnswer {
	status: number;
	body?: object | string | Buffer | Readable;
	headers?: Record<string, string>;
	/** Given before the request's body has come, as a server refuses what is too large. */
	isEarly?: true;
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
		const forced = this.answersByForce[0];
		if (forced?.isEarly) {
			this.answersByForce.shift();
			const text = JSON.stringify(forced.body ?? {});
			response.writeHead(forced.status, { 'content-length': Buffer.byteLength(text) });
			response.write(text);
			// Ended when all has come: else the end of the connection could overtake the answer.
			incoming.resume().once('end', () => response.end());
			return;
		}
		const request = await readRequest(incoming).catch(() => undefined);
		if (!request) {
			write(response, { status: 400, body: 'The body cannot be read' });
			return;
		}
		this.requests.push(request);
		if (this.isSilent) return;
		write(response, this.answersByForce.shift() ?? this.answer(request));
	}
}

function write(response: ServerResponse, { status, body, headers }: FakeAnswer): void {
	const isText = typeof body === 'string';
	response.writeHead(status, {
		'content-type': isText ? 'text/html' : 'application/json',
		...headers,
	});
	if (body instanceof Readable) pipeline(body, response, () => undefined);
	else response.end(isText || Buffer.isBuffer(body) ? body : JSON.stringify(body ?? {}));
}

async function readRequest(incoming: IncomingMessage): Promise<SeenRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	const bytes = Buffer.concat(chunks);
	const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://fake');
	return {
		method: incoming.method ?? '',
		path: pathname,
		query: searchParams,
		headers: incoming.headers,
		...(await readBody(bytes, incoming.headers['content-type'] ?? '')),
	};
}

/** Forms are read by Node's own reader of them, not by one of ours. */
async function readBody(bytes: Buffer, type: string): Promise<Pick<SeenRequest, 'body' | 'file'>> {
	if (bytes.length === 0) return { body: undefined };
	if (!type.startsWith('multipart/')) return { body: JSON.parse(bytes.toString()) as unknown };
	const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
	const body: Record<string, string> = {};
	let file: SeenFile | undefined;
	for (const [field, value] of form.entries()) {
		if (typeof value === 'string') body[field] = value;
		else {
			const content = Buffer.from(await value.arrayBuffer());
			file = { field, name: value.name, type: value.type, bytes: content };
		}
	}
	return { body, file };
}
