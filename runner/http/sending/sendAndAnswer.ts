import type { FastifyReply, FastifyRequest } from 'fastify';
import { SENT_TEXTS, toNumber, type SendKind, type SendResponse } from '../../../contract';
import type { SendCommand } from '../../sessions/SessionPort';
import type { HttpParts } from '../HttpParts';
import { sessionOf } from '../instanceOf';

/** Sends, and answers as the contract says. `messageId`: of the message that is changed, if it is a change. */
export async function sendAndAnswer(
	parts: HttpParts,
	{ request, reply }: { request: FastifyRequest; reply: FastifyReply },
	{ kind, messageId, ...command }: SendCommand & { kind: SendKind; messageId?: string },
): Promise<FastifyReply> {
	const outcome = await sessionOf(parts, request).send(command);
	const isSent = outcome.state === 'sent';
	const answer: SendResponse = {
		message: isSent ? SENT_TEXTS[kind] : toQueuedText(kind),
		phone: toPhone(outcome.jid),
		messageId: messageId ?? outcome.messageId,
		jid: outcome.jid,
		waitedMs: outcome.waitedMs,
		...(isSent ? {} : { state: 'queued' }),
	};
	return await reply.code(isSent ? 200 : 202).send(answer);
}

function toQueuedText(kind: SendKind): string {
	return SENT_TEXTS[kind].replace(/ \w+ successfully!$/, ' queued');
}

function toPhone(jid: string): number | string {
	const number = toNumber(jid);
	return number === jid ? jid : Number(number);
}
