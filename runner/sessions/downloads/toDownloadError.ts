import { ApiError } from '../../ApiError';
import {
	MediaDamagedError,
	MediaGoneError,
	MediaHostError,
	MediaTooLargeError,
} from '../../whatsapp/media/mediaErrors';

/** Why a file is not there, as the API says it; faults of our own come through as they are. */
export function toDownloadError(error: unknown): unknown {
	if (error instanceof MediaGoneError) return new ApiError('media_gone');
	if (error instanceof MediaDamagedError) {
		return new ApiError('media_gone', 'What WhatsApp has is damaged; ask the sender for it again.');
	}
	if (error instanceof MediaTooLargeError) return new ApiError('media_too_large', TOO_LARGE);
	if (error instanceof MediaHostError) {
		return new ApiError(
			'engine_down',
			'WhatsApp does not hand the file out; try again in a minute.',
		);
	}
	return error;
}

/** Whether trying again gives the same. */
export function isFinal(error: unknown): boolean {
	if (error instanceof ApiError) {
		return ['media_too_large', 'media_invalid', 'media_not_found'].includes(error.code);
	}
	return error instanceof MediaDamagedError || error instanceof MediaTooLargeError;
}

const TOO_LARGE =
	'The file is larger than this runner takes; its operator sets the limit with AWW_MEDIA_MAX_MB.';
