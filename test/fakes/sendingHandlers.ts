import type { RouteName, SendKind, SendResponse } from '../../contract';
import { SENT_TEXTS, toNumber, toRecipient } from '../../contract';
import type { FakeHandler, FakeHandlers } from './FakeInstance';
import { FakeRefusal } from './FakeInstance';
import { toBody } from './holdAgainstContract';

const KINDS: Partial<Record<RouteName, SendKind>> = {
	sendText: 'text',
	sendImage: 'image',
	sendVideo: 'video',
	sendAudio: 'audio',
	sendDocument: 'document',
	sendSticker: 'sticker',
	sendLocation: 'location',
	sendContact: 'contact',
	sendPoll: 'poll',
	sendReaction: 'reaction',
	editMessage: 'edit',
	deleteMessage: 'delete',
	forwardMessage: 'forward',
};

/** The routes that send: each remembers what it was given, once for each Idempotency-Key. */
export const SENDING_HANDLERS: FakeHandlers = Object.fromEntries(
	Object.entries(KINDS).map(([route, kind]) => [route, toHandler(route as RouteName, kind)]),
);

function toHandler(route: RouteName, kind: SendKind): FakeHandler {
	return (request, instance, changed) => {
		const key = request.headers['idempotency-key'] as string | undefined;
		const earlier = instance.answers.get(key ?? '');
		if (earlier) return earlier;
		if (instance.state !== 'connected') throw new FakeRefusal('instance_not_linked');
		const fields = (toBody(request) ?? {}) as Record<string, unknown>;
		const recipient = toRecipient(fields.number ?? '15550001001');
		if (!recipient) throw new FakeRefusal('invalid_number');
		const messageId = `MESSAGE${instance.sent.length + 1}`;
		const { file } = request;
		instance.sent.push({ ...fields, route, messageId, changed, ...(file ? { file } : {}) });
		const number = toNumber(recipient.jid);
		const body: SendResponse = {
			message: SENT_TEXTS[kind === 'audio' && fields.voice === true ? 'voice' : kind],
			phone: recipient.kind === 'phone' ? Number(number) : number,
			messageId: kind === 'edit' || kind === 'delete' ? changed : messageId,
			jid: recipient.jid,
			waitedMs: 0,
		};
		const answer = { status: 200, body };
		if (key) instance.answers.set(key, answer);
		return answer;
	};
}
