import type { FastifyRequest } from 'fastify';
import { toNumber, toVariants } from '../../../contract';
import { ApiError } from '../../ApiError';
import type { MessageReference } from '../../messages/MessageQuery';
import type { StoredMessage } from '../../messages/StoredMessage';
import type { HttpParts } from '../HttpParts';
import { instanceOf, sessionOf } from '../instanceOf';
import { requireRecipient } from './toSubmission';

/** Which message a call means: ids are made up by senders, so a chat may have one that another chat has. */
export interface MeantMessage {
	messageId: string;
	/** The chat it stands in, as numbers are given. */
	chat?: number | string | undefined;
}

/** The message that another one answers. */
export interface QuotedMessage extends MeantMessage {
	/** The chat the answer goes to. */
	answerTo: number | string;
}

type Parts = Pick<HttpParts, 'sessions' | 'readiness' | 'messages'>;
type Request = Pick<FastifyRequest, 'instance'>;

/** The same as the journal is asked for it. Throws `invalid_number` for a chat that is none. */
export function toReference(
	parts: Parts,
	request: Request,
	{ messageId, chat }: MeantMessage,
): MessageReference {
	return chat === undefined
		? { messageId }
		: { messageId, chats: namesOfChat(parts, request, chat) };
}

/** Throws `message_not_found`, with a hint that knows better than the table, and `invalid_number`. */
export function requireMessage(
	parts: Parts,
	request: Request,
	meant: MeantMessage,
	hint?: string,
): StoredMessage {
	const { id } = instanceOf(request);
	const message = parts.messages.findStored(id, toReference(parts, request, meant));
	if (!message) throw new ApiError('message_not_found', hint);
	return message;
}

/**
 * Contacts name ids as well, in answers and reactions. One alone brings nothing of another chat into the
 * one written to: it is looked for there, and among what the very person written to has said elsewhere.
 * Throws as `requireMessage`.
 */
export function requireQuoted(
	parts: Parts,
	request: Request,
	{ answerTo, ...meant }: QuotedMessage,
): StoredMessage {
	const { messageId, chat } = meant;
	if (chat !== undefined) return requireMessage(parts, request, meant);
	const { id } = instanceOf(request);
	const names = namesOfChat(parts, request, answerTo);
	const message =
		parts.messages.findStored(id, { messageId, chats: names }) ??
		parts.messages.findStored(id, { messageId, author: names });
	if (message) return message;
	throw new ApiError(
		'message_not_found',
		'It is not known in the chat written to. Check the messageId; if it stands in another chat, name that one in quotedChat.',
	);
}

/** Every JID a chat may be kept under. Throws `invalid_number`. */
function namesOfChat(parts: Parts, request: Request, chat: number | string): string[] {
	const recipient = requireRecipient(chat);
	const { jid, kind } = recipient;
	const chatId = sessionOf(parts, request).people.chatIdOf(recipient);
	const spellings = kind === 'phone' ? toVariants(toNumber(jid)) : [];
	return [...new Set([chatId, jid, ...spellings.map((phone) => `${phone}@s.whatsapp.net`)])];
}
