import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
	DELETE_WINDOW_MS,
	EDIT_WINDOW_MS,
	type EditRequest,
	type ForwardRequest,
	type MessageChatQuery,
	type MessageType,
	type SendReactionRequest,
} from '../../../contract';
import { ApiError } from '../../ApiError';
import type { StoredMessage } from '../../messages/StoredMessage';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import * as schemas from '../schemas/sending';
import { checkCaption, checkText } from '../sending/checkText';
import { sendAndAnswer } from '../sending/sendAndAnswer';
import { toIdempotency, type Keyed } from '../sending/toIdempotency';
import { requireMessage, type MeantMessage } from '../sending/requireMessage';
import { assertNotDeleted, requireRecipient } from '../sending/toSubmission';

const EDITABLE: readonly MessageType[] = ['text', 'image', 'video', 'document'];
/** What has no meaning elsewhere. */
const NOT_FORWARDABLE: readonly MessageType[] = [
	'reaction',
	'poll_vote',
	'call',
	'album',
	'unknown',
];

const REACTION_HINT =
	'A reaction goes to the chat the message stands in, and it is not known in this one. Check the messageId, and give that chat as the number.';

/**
 * What is done to messages that are there already: reacting, forwarding, editing, deleting. Whether it
 * may be done is looked at once a repeated key has been recognised: what was done then may have changed it.
 */
export function addChangeRoutes(server: FastifyInstance, parts: HttpParts): void {
	const headers = schemas.IDEMPOTENCY_HEADERS;
	const response = schemas.SEND_RESPONSES;
	const params = schemas.MESSAGE_PARAMS;
	const querystring = schemas.MESSAGE_CHAT_QUERY;
	const find = (request: Pick<FastifyRequest, 'instance'>, meant: MeantMessage, hint?: string) =>
		requireMessage(parts, request, meant, hint);

	addRoute<{ Body: SendReactionRequest; Headers: Keyed }>(server, 'sendReaction', {
		tag: 'Messages',
		schema: { body: schemas.SEND_REACTION_BODY, headers, response },
		handler(request, reply) {
			const { number, messageId, emoji } = request.body;
			requireRecipient(number);
			checkEmoji(emoji);
			const target = find(request, { messageId, chat: number }, REACTION_HINT);
			return sendAndAnswer(parts, answerTo(request, reply), {
				kind: 'reaction',
				jid: target.key.chat,
				draft() {
					assertNotDeleted(target);
					return { kind: 'reaction', target, emoji };
				},
				...toIdempotency(request.headers, {
					route: 'sendReaction',
					where: target.key.chat,
					body: request.body,
				}),
			});
		},
	});

	addRoute<{
		Params: { messageId: string };
		Querystring: MessageChatQuery;
		Body: ForwardRequest;
		Headers: Keyed;
	}>(server, 'forwardMessage', {
		tag: 'Messages',
		schema: { params, querystring, body: schemas.FORWARD_BODY, headers, response },
		handler(request, reply) {
			const { jid } = requireRecipient(request.body.number);
			const original = find(request, { ...request.params, ...request.query });
			return sendAndAnswer(parts, answerTo(request, reply), {
				kind: 'forward',
				jid,
				draft() {
					checkForwardable(original);
					return { kind: 'forward', original };
				},
				...toIdempotency(request.headers, {
					route: 'forwardMessage',
					where: `${jid} ${toWhere(request)}`,
					body: request.body,
				}),
			});
		},
	});

	addRoute<{
		Params: { messageId: string };
		Querystring: MessageChatQuery;
		Body: EditRequest;
		Headers: Keyed;
	}>(server, 'editMessage', {
		tag: 'Messages',
		schema: { params, querystring, body: schemas.EDIT_BODY, headers, response },
		handler(request, reply) {
			const target = find(request, { ...request.params, ...request.query });
			const text = checkText(request.body.message);
			if (target.type !== 'text') checkCaption(text);
			return sendAndAnswer(parts, answerTo(request, reply), {
				kind: 'edit',
				messageId: target.key.messageId,
				jid: target.key.chat,
				draft() {
					checkEditable(target);
					return { kind: 'edit', target, text };
				},
				...toIdempotency(request.headers, {
					route: 'editMessage',
					where: toWhere(request),
					body: request.body,
				}),
			});
		},
	});

	addRoute<{ Params: { messageId: string }; Querystring: MessageChatQuery; Headers: Keyed }>(
		server,
		'deleteMessage',
		{
			tag: 'Messages',
			schema: { params, querystring, headers, response },
			handler(request, reply) {
				const target = find(request, { ...request.params, ...request.query });
				return sendAndAnswer(parts, answerTo(request, reply), {
					kind: 'delete',
					messageId: target.key.messageId,
					jid: target.key.chat,
					draft() {
						checkDeletable(target);
						return { kind: 'delete', target };
					},
					...toIdempotency(request.headers, {
						route: 'deleteMessage',
						where: toWhere(request),
						body: request.body ?? {},
					}),
				});
			},
		},
	);
}

/** The message as the call names it. */
function toWhere({
	params: { messageId },
	query: { chat },
}: {
	params: { messageId: string };
	query: MessageChatQuery;
}): string {
	return chat === undefined ? messageId : `${chat} ${messageId}`;
}

function answerTo(request: unknown, reply: FastifyReply) {
	return { request: request as FastifyRequest, reply };
}

/** One emoji, which may be made of several code points; digits are none. */
const EMOJI = /^(?:\p{RGI_Emoji}|\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F?)$/v;

function checkEmoji(emoji: string): void {
	if (emoji === '' || EMOJI.test(emoji)) return;
	throw new ApiError('invalid_body', 'Give one emoji, or an empty text to take the reaction back.');
}

function checkForwardable(message: StoredMessage): void {
	const { type, details, content } = message;
	assertNotDeleted(message);
	if (!content) throw new ApiError('message_content_gone');
	if (details.viewOnce || NOT_FORWARDABLE.includes(type)) {
		throw new ApiError(
			'message_content_gone',
			'WhatsApp does not forward messages that are to be seen once, reactions, votes and calls; of an album it forwards each file.',
		);
	}
}

function checkEditable(message: StoredMessage): void {
	const { key, type, sentAtMs } = message;
	assertNotDeleted(message);
	if (!key.isFromMe) throw new ApiError('not_own_message');
	if (!EDITABLE.includes(type)) throw new ApiError('message_not_editable');
	if (Date.now() - sentAtMs > EDIT_WINDOW_MS) throw new ApiError('too_late_to_edit');
}

/** What others wrote, admins of a group delete; whether this account is one, the session asks. */
function checkDeletable({ key, sentAtMs }: StoredMessage): void {
	if (!key.isFromMe && !key.chat.endsWith('@g.us')) throw new ApiError('not_own_message');
	if (Date.now() - sentAtMs > DELETE_WINDOW_MS) throw new ApiError('too_late_to_delete');
}
