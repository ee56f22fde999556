import type { FastifyRequest } from 'fastify';
import { ApiError } from '../../ApiError';
import type { MediaFile } from '../../media/MediaFile';
import type { MediaParts } from '../../RunnerParts';
import { requireSoundText } from '../requireSoundText';

declare module 'fastify' {
	interface FastifyRequest {
		/** The file of a multipart form, in the store; null for JSON bodies. */
		upload: MediaFile | null;
	}
}

/** JSON schema types of the fields a form can have: a form knows texts only. */
type FieldTypes = Readonly<Record<string, { readonly type: unknown }>>;

/**
 * Reads a multipart form: its file streams into the store, its other fields become the body, in the types
 * that the JSON body would have. `field` is the name of the file's part.
 */
export async function readUpload(
	request: FastifyRequest,
	{ field, types, media }: { field: string; types: FieldTypes; media: MediaParts },
): Promise<void> {
	if (!request.isMultipart()) return;
	const body: Record<string, unknown> = {};
	for await (const part of request.parts()) {
		if (part.type === 'field') {
			if (part.valueTruncated) throw toTooLong(part.fieldname);
			body[part.fieldname] = toValue(part.value, types[part.fieldname]?.type);
		} else if (part.fieldname === field && !request.upload) {
			const { file: stream, filename, mimetype } = part;
			request.upload = await media.reader.read(
				{ kind: 'stream', stream, fileName: filename || null, mimetype },
				{},
			);
		} else {
			part.file.resume();
			throw new ApiError('invalid_body', `Send one file, in the part named "${field}".`);
		}
	}
	// The schema asks for the field; the file itself is in `request.upload`.
	if (request.upload) body[field] = request.upload.fileName ?? '';
	requireSoundText(body);
	request.body = body;
}

function toTooLong(field: string): ApiError {
	return new ApiError(
		'invalid_body',
		`${field} is too long for a form; send files as the file part.`,
	);
}

function toValue(value: unknown, type: unknown): unknown {
	if (typeof value !== 'string') return value;
	if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
	if (!isList(type)) return value;
	const text = value.trim();
	if (text === 'all') return text;
	return text.startsWith('[') ? toJson(value) : toList(value);
}

function isList(type: unknown): boolean {
	return [type].flat().includes('array');
}

function toJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

function toList(text: string): string[] {
	return text
		.split(',')
		.map((item) => item.trim())
		.filter((item) => item !== '');
}
