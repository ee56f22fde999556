import { Agent, request } from 'node:http';
import { connect } from 'node:net';

/** No answer of the API may take longer; one that does counts as a hang. */
export const TIME_LIMIT_MS = 20_000;

const agent = new Agent({ keepAlive: true, maxSockets: 4 });

export interface RawAnswer {
	status: number;
	contentType: string;
	headers: Readonly<Record<string, unknown>>;
	body: Buffer;
}

export interface RawCall {
	url: string;
	method: string;
	path: string;
	headers: Record<string, string>;
	body: Buffer | undefined;
}

/** One call with whatever it is given; rejects when there is no answer in time. */
export function callOnce({ url, method, path, headers, body }: RawCall): Promise<RawAnswer> {
	const { hostname, port } = new URL(url);
	return new Promise((resolve, reject) => {
		const length = body ? { 'content-length': String(body.length) } : {};
		const options = { hostname, port, method, path, agent, headers: { ...headers, ...length } };
		const call = request(options, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.once('error', reject);
			response.once('close', () => {
				clearTimeout(timer);
				resolve({
					status: response.statusCode ?? 0,
					contentType: response.headers['content-type'] ?? '',
					headers: response.headers,
					body: Buffer.concat(chunks),
				});
			});
		});
		const timer = setTimeout(
			() => call.destroy(new Error(`No answer in ${TIME_LIMIT_MS} ms`)),
			TIME_LIMIT_MS,
		);
		call.once('error', (error) => {
			clearTimeout(timer);
			reject(error);
		});
		call.end(body);
	});
}

/** Bytes on a connection of their own, and what comes back until it is closed. */
export function sendBytes(url: string, bytes: Buffer): Promise<Buffer> {
	const { hostname, port } = new URL(url);
	return new Promise((resolve, reject) => {
		const socket = connect({ host: hostname, port: Number(port) });
		const chunks: Buffer[] = [];
		socket.setTimeout(TIME_LIMIT_MS, () => {
			socket.destroy(new Error(`Not closed in ${TIME_LIMIT_MS} ms`));
		});
		socket.on('data', (chunk: Buffer) => chunks.push(chunk));
		socket.once('error', (error: NodeJS.ErrnoException) => {
			// A reset after the answer, because more was sent than anybody wanted to read.
			if (error.code === 'ECONNRESET' || error.code === 'EPIPE') resolve(Buffer.concat(chunks));
			else reject(error);
		});
		socket.once('close', () => resolve(Buffer.concat(chunks)));
		socket.end(bytes);
	});
}
