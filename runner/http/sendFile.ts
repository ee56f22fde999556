import type { FastifyReply, FastifyRequest } from 'fastify';
import type { MediaFile } from '../media/MediaFile';
import type { MediaStore } from '../media/MediaStore';
import { toExtension } from '../media/toExtension';
import { readRange } from './readRange';
import { toContentDisposition } from './toContentDisposition';

/** Streams a file of the store, or the part of it that was asked for; nothing in it can run. */
export function sendFile(
	{ request, reply }: { request: FastifyRequest; reply: FastifyReply },
	store: Pick<MediaStore, 'createReadStream'>,
	file: MediaFile,
): FastifyReply {
	const { sha256, sizeBytes, mimetype } = file;
	const range = readRange(request.headers.range, sizeBytes);
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
	return reply.send(store.createReadStream(sha256, range));
}
