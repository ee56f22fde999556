import type { proto } from '@whiskeysockets/baileys';
import type { JournalKey } from '../../messages/JournalKey';
import type { OwnIdentity } from './toQuote';

/** How another message points at this one. In groups the author is named, oneself included. */
export function toMessageKey(
	{ chat, messageId, isFromMe, participant }: JournalKey,
	me: OwnIdentity,
): proto.IMessageKey {
	const isGroup = chat.endsWith('@g.us');
	return {
		remoteJid: chat,
		id: messageId,
		fromMe: isFromMe,
		...(isGroup ? { participant: participant || (me.lid ?? me.id) } : {}),
	};
}
