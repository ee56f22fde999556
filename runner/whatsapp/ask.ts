import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import { ApiError } from '../ApiError';
import { NoAnswerError } from './NotSendableError';

export type Asker = Pick<WASocket, 'query'>;

const RATE_OVERLIMIT = 429;

/**
 * Asks WhatsApp and gives its answer. Baileys resolves with nothing when there is none, and most of its
 * functions then report success or "none": here it is a NoAnswerError. A refusal rejects, see `toRefusal`.
 */
export async function ask(sock: Asker, iq: BinaryNode): Promise<BinaryNode> {
	const answer: unknown = await sock.query(iq);
	if (!isNode(answer)) throw new NoAnswerError();
	return answer;
}

/** The code with which WhatsApp has refused; undefined when it has not answered at all. */
export function readRefusal(error: unknown): number | undefined {
	const { data } = (error ?? {}) as { data?: unknown };
	return typeof data === 'number' && Number.isFinite(data) ? data : undefined;
}

/**
 * Turns failures of asking WhatsApp into ApiErrors: `rate_limited`, `engine_down` when it does not
 * answer, and what `toRefusal` makes of its code when it refuses.
 */
export async function orApiError<T>(
	asking: Promise<T>,
	toRefusal: (code: number) => ApiError,
): Promise<T> {
	try {
		return await asking;
	} catch (error) {
		throw toApiError(error, toRefusal);
	}
}

function toApiError(error: unknown, toRefusal: (code: number) => ApiError): ApiError {
	if (error instanceof ApiError) return error;
	const code = readRefusal(error);
	if (code === RATE_OVERLIMIT) {
		return new ApiError(
			'rate_limited',
			'WhatsApp limits how often it can be asked this. Wait for the time in the Retry-After header.',
		);
	}
	if (code !== undefined && code < 500) return toRefusal(code);
	return new ApiError(
		'engine_down',
		code === undefined
			? 'WhatsApp did not answer in time. Try again in a moment.'
			: `WhatsApp could not do it at the moment (${code}). Try again later.`,
	);
}

function isNode(answer: unknown): answer is BinaryNode {
	return typeof answer === 'object' && answer !== null && 'tag' in answer;
}
