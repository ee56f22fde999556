import { MAX_CAPTION_LENGTH, MAX_TEXT_LENGTH } from '../../../contract';
import { ApiError } from '../../ApiError';

/** Throws `empty_text` or `text_too_long`. */
export function checkText(text: string): string {
	if (text.trim() === '') throw new ApiError('empty_text');
	if (text.length > MAX_TEXT_LENGTH) throw new ApiError('text_too_long');
	return text;
}

/** Captions may be empty. Throws `text_too_long`. */
export function checkCaption(caption = ''): string {
	if (caption.length <= MAX_CAPTION_LENGTH) return caption;
	throw new ApiError(
		'text_too_long',
		`A caption may have ${MAX_CAPTION_LENGTH} characters; send the rest as a text.`,
	);
}
