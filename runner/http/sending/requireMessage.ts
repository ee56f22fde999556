import type { FastifyRequest } from 'fastify';
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
	/** A chat where it is looked for first when none is named. */
	nearby?: number | string;
}

type Parts = Pick<HttpParts, 'sessions' | 'readiness' | 'messages'>;
type Request = Pick<FastifyRequest, 'instance'>;

/** The same as the journal is asked for it. Throws `invalid_number` for a chat that is none. */
export function toReference(
	parts: Parts,
	request: Request,
	{ messageId, chat }: Pick<MeantMessage, 'messageId' | 'chat'>,
): MessageReference {
	if (chat === undefined) return { messageId };
	const recipient = requireRecipient(chat);
	const chatId = sessionOf(parts, request).people.chatIdOf(recipient);
	return { messageId, chats: [...new Set([chatId, recipient.jid])] };
}

/** Throws `message_not_found`, `invalid_number`. */
export function requireMessage(
	parts: Parts,
	request: Request,
	{ messageId, chat, nearby }: MeantMessage,
): StoredMessage {
	const { id } = instanceOf(request);
	const find = (where?: number | string) =>
		parts.messages.findStored(id, toReference(parts, request, { messageId, chat: where }));
	const isNearby = chat === undefined && nearby !== undefined;
	const message = (isNearby ? find(nearby) : undefined) ?? find(chat);
	if (!message) throw new ApiError('message_not_found');
	return message;
}
