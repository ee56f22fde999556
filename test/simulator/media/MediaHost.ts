import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { answerDownload } from './answerDownload';
import type { MediaStore } from './MediaStore';
import { createSelfSignedCertificate } from './selfSignedCertificate';

/** The https host to which clients upload media and from which they download them. */
export class MediaHost {
	private readonly server: Server;

	private constructor(
		private readonly store: MediaStore,
		/** PEM of the certificate, which is its own authority. */
		readonly caCertificate: string,
		/** A file with `caCertificate`, for `NODE_EXTRA_CA_CERTS`; removed by `stop()`. */
		readonly caCertificateFile: string,
		key: string,
		private readonly folder: string,
	) {
		this.server = createServer({ cert: caCertificate, key }, (request, response) => {
			void this.answer(request, response);
		});
	}

	/** Listens on any free port of 127.0.0.1. */
	static async start(store: MediaStore): Promise<MediaHost> {
		const { certificate, key } = createSelfSignedCertificate();
		const folder = await mkdtemp(join(tmpdir(), 'whatsapp-simulator-'));
		const file = join(folder, 'ca.pem');
		await writeFile(file, certificate);
		const host = new MediaHost(store, certificate, file, key, folder);
		await new Promise<void>((resolve) => host.server.listen(0, '127.0.0.1', resolve));
		store.ca = certificate;
		store.host = `127.0.0.1:${(host.server.address() as AddressInfo).port}`;
		return host;
	}

	/** Frees the port and removes the certificate's file. */
	async stop(): Promise<void> {
		const closed = new Promise((resolve) => this.server.close(resolve));
		this.server.closeAllConnections();
		await closed;
		await rm(this.folder, { recursive: true, force: true });
	}

	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { pathname } = new URL(request.url ?? '/', `https://${this.store.host}`);
		if (this.store.failWith !== undefined) {
			request.resume();
			response.writeHead(this.store.failWith).end();
		} else if (request.method === 'POST') {
			await this.receive(request, response, pathname);
		} else {
			await answerDownload(this.store, pathname, request, response);
		}
	}

	private async receive(
		request: IncomingMessage,
		response: ServerResponse,
		path: string,
	): Promise<void> {
		const chunks: Buffer[] = [];
		this.store.uploads++;
		const how = this.store.uploadDisturbance;
		if (how === 'hang') return void request.resume();
		try {
			for await (const chunk of request) {
				if (how === 'cutOff') return void request.destroy();
				if (how) await pause(how.pauseMs, undefined, { ref: false });
				chunks.push(chunk as Buffer);
			}
		} catch {
			// The client broke off its upload: there is nobody left to answer.
			return;
		}
		const name = path.split('/').at(-1) ?? '';
		const direct_path = this.store.add(Buffer.concat(chunks), name);
		const url = `https://${this.store.host}${direct_path}`;
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ url, direct_path }));
	}
}
