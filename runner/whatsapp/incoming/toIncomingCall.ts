import { isJidGroup, jidNormalizedUser, type WACallEvent } from '@whiskeysockets/baileys';
import { toNumber, type CallDetails } from '../../../contract';
import type { IncomingMessage } from '../../messages/IncomingMessage';
import { toIdentity, toPhoneJid, type Identities } from './Identities';

/**
 * WhatsApp says `terminate` whenever a call is over. The journal tells a missed one by nobody having
 * taken or declined it before.
 */
const STATUSES: Partial<Record<WACallEvent['status'], CallDetails['status']>> = {
	offer: 'ringing',
	accept: 'accepted',
	reject: 'rejected',
	timeout: 'missed',
	terminate: 'missed',
};

/** A call as what rings in its chat; undefined for the technical steps between, and for own calls. */
export function toIncomingCall(
	call: WACallEvent,
	{ isLate, nowMs, identities }: { isLate: boolean; nowMs: number; identities: Identities },
): IncomingMessage | undefined {
	const status = STATUSES[call.status];
	if (!status || !call.id || !call.from) return undefined;
	const { own } = identities;
	const caller = toCaller(call, identities);
	if (status === 'ringing' && isSame(caller, own)) return undefined;
	const group = call.groupJid ?? (isJidGroup(call.chatId) ? call.chatId : undefined);
	const chatId = group ?? (caller.phone ? toPhoneJid(caller.phone) : (caller.lid ?? caller.jid));
	const atMs = call.date.getTime();
	return {
		key: {
			messageId: call.id,
			chat: group ?? jidNormalizedUser(caller.jid),
			participant: group ? jidNormalizedUser(caller.jid) : '',
			isFromMe: false,
		},
		chatId,
		type: 'call',
		text: '',
		sentAtMs: Number.isFinite(atMs) ? atMs : nowMs,
		sender: { phone: caller.phone, lid: caller.lid, name: null },
		number: toNumber(chatId),
		isGroup: group !== undefined,
		details: {
			call: { id: call.id, status, video: call.isVideo === true },
			...(isLate ? { late: true } : {}),
		},
		linkPreview: { title: null, url: null },
		groupInvite: null,
		isForReceivers: true,
		content: null,
		edit: null,
		protocol: null,
	};
}

/**
 * Who calls is what the caller's phone says of itself, and may be anybody: where the server says that
 * somebody else is speaking, it is theirs. This account's own phone tells of calls of others.
 */
function toCaller({ chatId, from, callerPn, status }: WACallEvent, identities: Identities) {
	const teller = toIdentity([chatId], identities);
	const isOwnWord = isJidGroup(chatId) || isSame(teller, identities.own);
	const isAnybody = teller.phone === null && teller.lid === null;
	const jid =
		isOwnWord || isAnybody || isSame(teller, toIdentity([from], identities)) ? from : chatId;
	// Baileys adds the number of the one who rang under that id, to whatever is said of it later.
	const numbers = jid === from && status === 'offer' ? [jid, callerPn] : [jid];
	return { jid, ...toIdentity(numbers, identities) };
}

function isSame(
	caller: { phone: string | null; lid: string | null },
	own: { phone: string | null; lid: string | null },
): boolean {
	return (
		(caller.phone !== null && caller.phone === own.phone) ||
		(caller.lid !== null && caller.lid === own.lid)
	);
}
