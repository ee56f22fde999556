import { ApiError } from '../ApiError';

/** JSON can only bring them in this way: NUL, and halves of a character. */
const SUSPICIOUS_ESCAPE = /\\u(0000|d[89a-f])/i;

const NUL = '\u0000';

/** Whether it is worth looking into what that JSON says: most texts have no such escape. */
export function mayBeUnsound(json: string): boolean {
	return SUSPICIOUS_ESCAPE.test(json);
}

/**
 * Refuses text that cannot be kept as it is given, anywhere in a body: half a surrogate pair, which UTF-8
 * has no form for and everybody replaces in silence, and U+0000, at which some end the text. Throws
 * `invalid_body`. Nested no deeper than JSON.parse has let through.
 */
export function requireSoundText(body: unknown): void {
	const rest: unknown[] = [body];
	for (let value = rest.pop(); value !== undefined || rest.length > 0; value = rest.pop()) {
		if (typeof value === 'string') requireSound(value);
		else if (typeof value === 'object' && value !== null) {
			for (const [name, inner] of Object.entries(value)) {
				requireSound(name);
				rest.push(inner);
			}
		}
	}
}

function requireSound(text: string): void {
	if (!text.isWellFormed()) {
		throw new ApiError(
			'invalid_body',
			'A text has half of a character (a lone surrogate, such as \\ud800): it was cut within an emoji. Cut it elsewhere.',
		);
	}
	if (text.includes(NUL)) {
		throw new ApiError('invalid_body', 'A text has the character U+0000: leave it out.');
	}
}
