import type { FastifyInstance } from 'fastify';
import type { MessageChatQuery, MessageType, Recipient } from '../../../contract';
import { ApiError } from '../../ApiError';
import type { MessageListQuery } from '../../messages/MessageLookup';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { instanceOf, sessionOf } from '../instanceOf';
import { MESSAGE_LIST, MESSAGE_QUERY, MESSAGE_VIEW } from '../schemas/messages';
import { MESSAGE_CHAT_QUERY, MESSAGE_PARAMS } from '../schemas/sending';
import { toReference } from '../sending/requireMessage';
import { requireRecipient } from '../sending/toSubmission';

/** As it stands in the URL: `since` and `until` are ISO 8601. */
interface ListQuery {
	chat?: string;
	type?: MessageType;
	fromMe?: 'true' | 'false';
	since?: string;
	until?: string;
	limit: number;
	before?: string;
}

/** Looking messages up. */
export function addLookupRoutes(server: FastifyInstance, parts: HttpParts): void {
	addRoute<{ Params: { messageId: string }; Querystring: MessageChatQuery }>(server, 'getMessage', {
		tag: 'Messages',
		schema: {
			params: MESSAGE_PARAMS,
			querystring: MESSAGE_CHAT_QUERY,
			response: { 200: MESSAGE_VIEW },
		},
		handler(request, reply) {
			const reference = toReference(parts, request, { ...request.params, ...request.query });
			const message = parts.messages.find(instanceOf(request).id, reference);
			if (!message) throw new ApiError('message_not_found');
			return reply.send(message);
		},
	});

	addRoute<{ Querystring: ListQuery }>(server, 'listMessages', {
		tag: 'Messages',
		integerQuery: ['limit'],
		schema: { querystring: MESSAGE_QUERY, response: { 200: MESSAGE_LIST } },
		handler: (request, reply) =>
			reply.send(
				parts.messages.list(
					instanceOf(request).id,
					toQuery(request.query, (chat) => sessionOf(parts, request).people.chatIdOf(chat)),
				),
			),
	});
}

/** Throws `invalid_number` for a chat that is none. */
function toQuery(
	{ chat, type, fromMe, since, until, limit, before }: ListQuery,
	toChatId: (chat: Recipient) => string,
): MessageListQuery {
	return {
		limit,
		...(chat !== undefined && { chatId: toChatId(requireRecipient(chat)) }),
		...(type !== undefined && { type }),
		...(fromMe !== undefined && { isFromMe: fromMe === 'true' }),
		...(since !== undefined && { since: Date.parse(since) }),
		...(until !== undefined && { until: Date.parse(until) }),
		...(before !== undefined && { before }),
	};
}
