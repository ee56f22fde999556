import { ApiError } from '../ApiError';

/** A multiple of 4, so that no group of characters is cut in two. */
const CHUNK_CHARACTERS = 256 * 1024;

const HINT =
	'This is not base64: give an https:// URL, a data URI such as data:image/png;base64,…, or the base64 text alone.';

/** Upper limit of what a base64 text can hold. */
export function toMaxDecodedBytes(text: string): number {
	return Math.ceil((text.length * 3) / 4);
}

/**
 * Decodes base64 (also its URL alphabet, with or without line breaks and padding) a chunk at a time,
 * so that a text of 100 MB takes no other 75 MB. Throws `media_invalid` at the first wrong character.
 */
export function* decodeBase64(text: string): Generator<Buffer> {
	const end = toEnd(text);
	let rest = '';
	for (let at = 0; at < end; at += CHUNK_CHARACTERS) {
		const chunk = text.slice(at, Math.min(at + CHUNK_CHARACTERS, end));
		const part = rest + chunk.replace(/\s+/g, '');
		if (!/^[\w+/-]*$/.test(part)) throw invalid();
		const whole = part.length - (part.length % 4);
		rest = part.slice(whole);
		if (whole > 0) yield Buffer.from(part.slice(0, whole), 'base64');
	}
	if (rest.length === 1) throw invalid();
	if (rest !== '') yield Buffer.from(rest, 'base64');
}

/** Where the padding and white space at the end begin. */
function toEnd(text: string): number {
	let end = text.length;
	let padding = 0;
	for (; end > 0 && /[=\s]/.test(text.charAt(end - 1)); end--) {
		if (text.charAt(end - 1) === '=') padding += 1;
	}
	if (padding > 2) throw invalid();
	return end;
}

function invalid(): ApiError {
	return new ApiError('media_invalid', HINT);
}
