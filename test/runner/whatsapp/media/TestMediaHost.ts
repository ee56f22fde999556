import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createSelfSignedCertificate } from '../../../simulator/media/selfSignedCertificate';

/** A media host that does what a test tells it; this process trusts it until it is stopped. */
export class TestMediaHost {
	/** The paths and queries asked for so far. */
	readonly requests: string[] = [];
	answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => {
		response.writeHead(404).end();
	};
	private readonly trustedBefore = getCACertificates('default');

	private constructor(private readonly server: Server) {}

	/** Listens on any free port of 127.0.0.1. */
	static async start(): Promise<TestMediaHost> {
		const { certificate, key } = createSelfSignedCertificate();
		const server = createServer({ cert: certificate, key });
		const host = new TestMediaHost(server);
		server.on('request', (request: IncomingMessage, response: ServerResponse) => {
			host.requests.push(request.url ?? '');
			host.answer(request, response);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		setDefaultCACertificates([...host.trustedBefore, certificate]);
		return host;
	}

	/** `127.0.0.1:PORT`, as a media_conn answer names it. */
	get name(): string {
		return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** Answers downloads with these bytes, announced or not. */
	serve(file: Uint8Array, { isAnnounced = true } = {}): void {
		this.answer = (_, response) => {
			response.writeHead(200, isAnnounced ? { 'content-length': file.length } : {});
			response.end(file);
		};
	}

	async stop(): Promise<void> {
		setDefaultCACertificates(this.trustedBefore);
		const closed = new Promise((resolve) => this.server.close(resolve));
		this.server.closeAllConnections();
		await closed;
	}
}
