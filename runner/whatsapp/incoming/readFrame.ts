import {
	isJidBroadcast,
	isJidGroup,
	isJidNewsletter,
	isJidStatusBroadcast,
	type WAMessage,
} from '@whiskeysockets/baileys';
import { toNumber as toShownNumber } from '../../../contract';
import type { IncomingMessage } from '../../messages/IncomingMessage';
import type { JournalKey } from '../../messages/JournalKey';
import type { Clipper } from './Clipper';
import { toIdentity, toPhoneJid, type Identities, type Identity } from './Identities';
import { toNumber } from './numbers';

/** Where a message stands, who sent it and when. */
export type MessageFrame = Pick<
	IncomingMessage,
	'key' | 'chatId' | 'number' | 'isGroup' | 'sender' | 'sentAtMs'
>;

export function readFrame(
	message: WAMessage,
	key: JournalKey,
	{ identities, nowMs, clipper }: { identities: Identities; nowMs: number; clipper: Clipper },
): MessageFrame {
	const isGroup = isJidGroup(key.chat) === true;
	const seconds = toNumber(message.messageTimestamp);
	const other = isGroup ? null : toIdentity(otherJids(message, key), identities);
	const chatId = other?.phone ? toPhoneJid(other.phone) : (other?.lid ?? key.chat);
	return {
		key,
		chatId,
		number: toShownNumber(chatId),
		isGroup,
		sender: {
			...readSender(message, other, identities),
			name: clipper.textOrNull(message.pushName || message.verifiedBizName, 'name'),
		},
		sentAtMs: seconds && seconds > 0 ? Math.trunc(seconds * 1000) : nowMs,
	};
}

/** Status posts, channels and talks with Meta AI are not conversations. */
export function isConversation({ chat, participant }: JournalKey): boolean {
	return (
		isJidStatusBroadcast(chat) !== true &&
		isJidNewsletter(chat) !== true &&
		!isBot(chat) &&
		!isBot(participant)
	);
}

/** Whether it is an assistant of WhatsApp, such as Meta AI. */
export function isBot(jid: string | undefined): boolean {
	return jid?.endsWith('@bot') === true;
}

/** Who sent it; in direct chats that is this account or the other side. */
function readSender(message: WAMessage, other: Identity | null, identities: Identities): Identity {
	const { participant, participantAlt, fromMe } = message.key;
	if (fromMe) return identities.own;
	return other ?? toIdentity([participant, participantAlt], identities);
}

/** What came by way of somebody's broadcast list is a message of theirs. */
function otherJids(
	{ key }: WAMessage,
	{ chat, participant }: JournalKey,
): Array<string | undefined> {
	if (isJidBroadcast(chat) && participant) return [participant, key.remoteJidAlt];
	return [chat, key.remoteJidAlt];
}
