import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import {
	MAX_TEXT_LENGTH,
	TEXT_SENT,
	toNumber,
	toRecipient,
	type Recipient,
	type SendResponse,
	type SendTextRequest,
} from '../../../contract';
import { ApiError } from '../../ApiError';
import type { SendTextCommand } from '../../sessions/SessionPort';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { instanceOf, sessionOf } from '../instanceOf';
import * as schemas from '../schemas/messages';

/** Sending texts and looking messages up. */
export function addMessageRoutes(server: FastifyInstance, parts: HttpParts): void {
	addRoute<{ Body: SendTextRequest; Headers: { 'idempotency-key'?: string } }>(server, 'sendText', {
		tag: 'Messages',
		schema: {
			body: schemas.SEND_TEXT_BODY,
			headers: schemas.IDEMPOTENCY_HEADERS,
			response: schemas.SEND_RESPONSES,
		},
		async handler(request, reply) {
			const command = toCommand(request.body, request.headers['idempotency-key']);
			const { messageId, state } = await sessionOf(parts, request).sendText(command);
			const phone = toPhone(command.recipient);
			const answer: SendResponse =
				state === 'sent'
					? { message: TEXT_SENT, phone, messageId }
					: { message: 'Text queued', phone, messageId, state };
			return reply.code(state === 'sent' ? 200 : 202).send(answer);
		},
	});

	addRoute<{ Params: { messageId: string } }>(server, 'getMessage', {
		tag: 'Messages',
		schema: { params: schemas.MESSAGE_PARAMS, response: { 200: schemas.MESSAGE_VIEW } },
		handler(request, reply) {
			const message = parts.messages.find(instanceOf(request).id, request.params.messageId);
			if (!message) throw new ApiError('message_not_found');
			return reply.send(message);
		},
	});
}

function toCommand(body: SendTextRequest, key: string | undefined): SendTextCommand {
	const recipient = toRecipient(body.number);
	if (!recipient) throw new ApiError('invalid_number');
	if (body.message.trim() === '') throw new ApiError('empty_text');
	if (body.message.length > MAX_TEXT_LENGTH) throw new ApiError('text_too_long');
	const command = { recipient, text: body.message };
	return key === undefined
		? command
		: { ...command, idempotency: { key, bodyHash: toBodyHash(command) } };
}

/** The same for every way of writing the same request: `+1 555…` and `1555…` are one number. */
function toBodyHash({ recipient, text }: SendTextCommand): string {
	const canonical = JSON.stringify(['text', recipient.jid, text]);
	return createHash('sha256').update(canonical).digest('hex');
}

function toPhone({ jid, kind }: Recipient): number | string {
	return kind === 'phone' ? Number(toNumber(jid)) : jid;
}
