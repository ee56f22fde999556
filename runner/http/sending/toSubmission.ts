import { toRecipient, type Recipient, type SendOptions } from '../../../contract';
import { ApiError } from '../../ApiError';
import type { StoredMessage } from '../../messages/StoredMessage';
import type { SendCommand } from '../../sessions/SessionPort';
import type { QuotedMessage } from './requireMessage';

/** Throws `invalid_number`. */
export function requireRecipient(number: unknown): Recipient {
	const recipient = toRecipient(number);
	if (!recipient) throw new ApiError('invalid_number');
	return recipient;
}

/** Throws `message_content_gone`: nobody else sees any more what it said, and nobody is to learn it anew. */
export function assertNotDeleted({ isDeleted }: StoredMessage): void {
	if (isDeleted) throw new ApiError('message_content_gone', 'It was deleted for everyone.');
}

/**
 * What every kind of message has in common: where it goes, what it answers, whom it names. Throws
 * `invalid_number`, `invalid_body`, `message_not_found` or `message_content_gone`.
 */
export function readSendOptions(
	{ number, quotedMessageId, quotedChat, mentions = [], typing = false }: SendOptions,
	findQuoted: (quoted: QuotedMessage) => StoredMessage,
): Pick<SendCommand, 'jid' | 'quoted' | 'mentions' | 'typing'> {
	const { jid, kind } = requireRecipient(number);
	if (typeof mentions === 'string' && mentions !== 'all') {
		throw new ApiError(
			'invalid_body',
			'mentions must be a list of numbers, or "all" for everybody in a group.',
		);
	}
	if (mentions === 'all' && kind !== 'group') {
		throw new ApiError(
			'invalid_body',
			'"mentions": "all" names everybody in a group, and this number is none: give a list of numbers, or the id of a group as the number.',
		);
	}
	const quoted =
		quotedMessageId === undefined
			? undefined
			: findQuoted({ messageId: quotedMessageId, chat: quotedChat, answerTo: number });
	if (quoted) {
		assertNotDeleted(quoted);
		if (!quoted.content && quoted.text === '') throw new ApiError('message_content_gone');
	}
	return {
		jid,
		typing,
		mentions:
			mentions === 'all' ? mentions : mentions.map((mention) => requireRecipient(mention).jid),
		...(quoted ? { quoted } : {}),
	};
}
