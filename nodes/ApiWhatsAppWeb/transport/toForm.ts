import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { IDataObject } from 'n8n-workflow';

/** A file that goes to the API as a part of a form. */
export interface Upload {
	fileName: string;
	mimetype: string;
	/** Bytes; undefined when nobody knows. */
	size?: number;
	/** Opened when the request is made, so that a refused call reads nothing. */
	open(): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array>>;
}

/** A body ready to be sent, read as it goes: the file is never held as a whole. */
export interface Form {
	headers: Record<string, string>;
	body: Readable;
}

/**
 * A multipart form (RFC 7578) of these fields and this file. Lists are texts with commas.
 * Source: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
 */
export async function toForm(
	fields: IDataObject,
	{ name, upload }: { name: string; upload: Upload },
): Promise<Form> {
	const boundary = `----n8n${randomUUID()}`;
	const head = Buffer.from(
		toFieldParts(fields, boundary) +
			`--${boundary}\r\n${toDisposition(name)}; filename="${escape(upload.fileName)}"\r\n` +
			`Content-Type: ${upload.mimetype}\r\n\r\n`,
	);
	const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
	const { size } = upload;
	const length = size === undefined ? undefined : head.length + size + tail.length;
	return {
		headers: {
			'Content-Type': `multipart/form-data; boundary=${boundary}`,
			...(length === undefined ? {} : { 'Content-Length': String(length) }),
		},
		body: Readable.from(join(head, await upload.open(), tail), { objectMode: false }),
	};
}

async function* join(
	head: Buffer,
	content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
	tail: Buffer,
) {
	yield head;
	yield* content;
	yield tail;
}

type FieldValue = string | number | boolean | string[];

function toFieldParts(fields: IDataObject, boundary: string): string {
	return Object.entries(fields as Record<string, FieldValue>)
		.map(([name, value]) => `--${boundary}\r\n${toDisposition(name)}\r\n\r\n${String(value)}\r\n`)
		.join('');
}

function toDisposition(name: string): string {
	return `Content-Disposition: form-data; name="${escape(name)}"`;
}

function escape(text: string): string {
	return text.replace(/\r\n|\r|\n/g, ' ').replaceAll('"', '%22');
}
