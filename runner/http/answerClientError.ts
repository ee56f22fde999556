import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import { ERRORS, toErrorBody, type ErrorCode } from '../../contract';
import { SECURITY_HEADERS } from './securityHeaders';

const CODES: Readonly<Record<string, ErrorCode>> = {
	HPE_HEADER_OVERFLOW: 'headers_too_large',
	HPE_CHUNK_EXTENSIONS_OVERFLOW: 'body_too_large',
	ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

/** How long a caller may go on sending after the answer. */
const LINGER_MS = 2_000;

/** Answers what Node cannot even read as a request, in the form of every other error. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
	// Answered already: this is the rest of the broken request, still coming.
	if (socket.writableEnded) return;
	if (error.code === 'ECONNRESET' || !socket.writable) {
		socket.destroy();
		return;
	}
	answerRaw(socket, CODES[error.code ?? ''] ?? 'malformed_request');
}

/** Writes an error straight to a socket and closes it. */
export function answerRaw(socket: Socket, code: ErrorCode, headers: string[] = []): void {
	const { status } = ERRORS[code];
	const body = JSON.stringify(toErrorBody(code));
	const head = [
		`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
		'content-type: application/json; charset=utf-8',
		`content-length: ${Buffer.byteLength(body)}`,
		'connection: close',
		...Object.entries(SECURITY_HEADERS).map(([name, value]) => `${name}: ${value}`),
		...headers,
	];
	socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
	// What is still coming is read and dropped for a while, else a reset would overtake the answer.
	socket.resume();
	const cutOff = setTimeout(() => socket.destroy(), LINGER_MS);
	socket.once('close', () => clearTimeout(cutOff));
}
