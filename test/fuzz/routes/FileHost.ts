import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const PNG = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
	'base64',
);

const ANSWERS: Readonly<Record<string, (response: ServerResponse) => void>> = {
	'/png': (response) => response.writeHead(200, { 'content-type': 'image/png' }).end(PNG),
	'/html': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
	'/missing': (response) => response.writeHead(404).end('{"code":"internal_error"}'),
	'/broken': (response) => response.writeHead(500).end(),
	'/loop': (response) => response.writeHead(302, { location: '/loop' }).end(),
	'/inside': (response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
	'/nothing': (response) => response.writeHead(200, { 'content-length': 0 }).end(),
	'/lies': (response) => response.writeHead(200, { 'content-type': 'image/png' }).end('no picture'),
	'/short': (response) => {
		response.writeHead(200, { 'content-type': 'image/png', 'content-length': 1_000 });
		response.write(PNG, () => response.destroy());
	},
};

/** A host with files, most of which are none. */
export class FileHost {
	private readonly server = createServer((request, response) => {
		const answer = ANSWERS[request.url ?? ''];
		if (answer) answer(response);
		else response.writeHead(404).end();
	});

	async start(): Promise<this> {
		this.server.listen(0, '127.0.0.1');
		await once(this.server, 'listening');
		return this;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
