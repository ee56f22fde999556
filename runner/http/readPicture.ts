import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SetImageRequest } from '../../contract';
import { ApiError } from '../ApiError';
import { toProfilePicture } from '../media/image/toProfilePicture';
import { toMediaSource } from '../media/readMediaSource';
import type { MediaParts } from '../RunnerParts';
import { instanceOf } from './instanceOf';
import { toHangUpSignal } from './toHangUpSignal';

type PictureRequest = FastifyRequest<{ Body: Partial<SetImageRequest> | null }>;

/**
 * The picture of a request as the square JPEG that WhatsApp wants. Throws `image_missing`,
 * `image_format`, and what fetching a file throws.
 */
export async function readPicture(
	{ media }: { media: MediaParts },
	request: PictureRequest,
	reply: FastifyReply,
): Promise<Uint8Array> {
	const { body, upload } = request;
	const text = body?.image?.trim();
	if (!upload && !text) throw new ApiError('image_missing');
	try {
		const signal = toHangUpSignal(reply.raw);
		const file = upload ?? (await media.reader.read(toMediaSource(text ?? ''), { signal }));
		return await toProfilePicture(file.content, { owner: instanceOf(request).id, signal });
	} catch (error) {
		throw toImageError(error);
	}
}

/** What cannot be read as an image has the hosted service's words. */
function toImageError(error: unknown): unknown {
	if (!(error instanceof ApiError)) return error;
	const isFormat = error.code === 'media_invalid' || error.code === 'media_not_readable';
	return isFormat ? new ApiError('image_format', error.hint) : error;
}
