import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { toUploadError } from './toUploadError';

/** Base64 makes a third more of a file; the rest is for the other fields. */
const JSON_OVERHEAD = 1.34;
const MAX_FIELDS_BYTES = 1024 * 1024;
const MAX_FIELDS = 20;
const MAX_PART_HEADERS = 32;

/**
 * Lets the routes of this context take files, in forms and as base64. Gives what each of them needs
 * besides its `preValidation`, which is `readUpload`.
 */
export async function acceptUploads(
	server: FastifyInstance,
	maxFileBytes: number,
): Promise<{ bodyLimit: number; takesUploads: true }> {
	await server.register(multipart, {
		limits: {
			// One byte more, so that it is the store that says what is too large.
			fileSize: maxFileBytes + 1,
			files: 1,
			fieldSize: MAX_FIELDS_BYTES,
			fields: MAX_FIELDS,
			// Parts without a name count as neither; two more let the exact limits speak first.
			parts: MAX_FIELDS + 2,
			headerPairs: MAX_PART_HEADERS,
		},
	});
	server.decorateRequest('upload', null);
	// Goes on to the one error handler, in words that fit a file.
	server.setErrorHandler((error) => {
		throw toUploadError(error, maxFileBytes);
	});
	const bodyLimit = Math.ceil(maxFileBytes * JSON_OVERHEAD) + MAX_FIELDS_BYTES;
	return { bodyLimit, takesUploads: true };
}
