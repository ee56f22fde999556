import type { FastifyReply, FastifyRequest } from 'fastify';
import type { MediaFile } from '../media/MediaFile';
import { toExtension } from '../media/toExtension';
import { readRange } from './readRange';
import { toContentDisposition } from './toContentDisposition';

/**
 * Streams a file of the store, or the part of it that was asked for; nothing in it can run. Throws
 * DamagedFileError; where that shows only later on, the answer breaks off.
 */
export async function sendFile(
	{ request, reply }: { request: FastifyRequest; reply: FastifyReply },
	file: MediaFile,
): Promise<FastifyReply> {
	const { sha256, sizeBytes, mimetype } = file;
	const range = readRange(request.headers.range, sizeBytes);
	await file.content.verify(range?.start ?? 0);
	const name = file.fileName ?? `${sha256.slice(0, 12)}.${toExtension(mimetype)}`;
	void reply
		.header('content-type', mimetype)
		.header('content-disposition', toContentDisposition(mimetype, name))
		.header('content-security-policy', 'sandbox')
		// Whoever has the link may show it in a page of their own.
		.header('cross-origin-resource-policy', 'cross-origin')
		.header('accept-ranges', 'bytes')
		.header('etag', `"${sha256}"`)
		.header('content-length', range ? range.end - range.start + 1 : sizeBytes);
	if (range) {
		void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${sizeBytes}`);
	}
	return reply.send(file.content.createReadStream(range));
}
