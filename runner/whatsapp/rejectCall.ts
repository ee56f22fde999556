import { jidNormalizedUser } from '@whiskeysockets/baileys';
import { ApiError } from '../ApiError';
import { ask, orApiError, type Asker } from './ask';

/** Tells the caller that nobody here takes the call. Failures are ApiErrors. */
export async function rejectCall(
	sock: Asker,
	{ callId, callerJid, own }: { callId: string; callerJid: string; own: string | undefined },
): Promise<void> {
	const ack = ask(sock, {
		tag: 'call',
		attrs: { from: jidNormalizedUser(own), to: callerJid },
		content: [
			{
				tag: 'reject',
				attrs: { 'call-id': callId, 'call-creator': callerJid, count: '0' },
			},
		],
	});
	const { attrs } = await orApiError(ack, toRefusal);
	if (attrs.error) throw toRefusal();
}

function toRefusal(): ApiError {
	return new ApiError('call_ended');
}
