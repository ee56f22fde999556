import type { Readable } from 'node:stream';
import { guardStream } from './guardStream';
import type { ApiAnswer } from './sendRequest';

const MAX_REFUSAL_BYTES = 65_536;

/** A file on its way to n8n. */
export interface Download {
	/** Not read yet. */
	stream: Readable;
	/** Without parameters; `application/octet-stream` when the server says nothing. */
	mimetype: string;
	/** As the server calls it. */
	fileName: string | undefined;
	/** Bytes, when the server says it. */
	size: number | undefined;
	/** Where it is cut off. */
	maxBytes?: number;
}

/** Reads what the headers say of a file. */
export function toDownload(stream: Readable, headers: Record<string, unknown>): Download {
	const type = readHeader(headers, 'content-type').split(';')[0]?.trim();
	const length = Number(headers['content-length'] ?? NaN);
	return {
		stream,
		mimetype: type || 'application/octet-stream',
		fileName: toFileName(readHeader(headers, 'content-disposition')),
		size: Number.isFinite(length) ? length : undefined,
	};
}

/** The error body of a refused download, read as the other answers are. */
export async function readRefusal(answer: ApiAnswer): Promise<ApiAnswer> {
	const chunks: Buffer[] = [];
	const source = guardStream(answer.body as Readable, { maxBytes: MAX_REFUSAL_BYTES });
	for await (const chunk of source) chunks.push(chunk);
	const text = Buffer.concat(chunks).toString();
	try {
		return { ...answer, body: JSON.parse(text) as unknown };
	} catch {
		return { ...answer, body: text };
	}
}

function readHeader(headers: Record<string, unknown>, name: string): string {
	const value = headers[name];
	return typeof value === 'string' ? value : '';
}

/** Source: RFC 6266; the form with a star carries what is not ASCII. */
function toFileName(disposition: string): string | undefined {
	const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
	const plain =
		/filename="([^"]*)"/i.exec(disposition)?.[1] ?? /filename=([^;]+)/i.exec(disposition)?.[1];
	const name = (encoded === undefined ? plain : decode(encoded))?.trim();
	// No path may come in with it.
	return name?.split(/[/\\]/).pop() || undefined;
}

function decode(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}
