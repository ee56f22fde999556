import {
	areJidsSameUser,
	jidNormalizedUser,
	type BinaryNode,
	type WAMessageKey,
} from '@whiskeysockets/baileys';
import type { JournalKey } from '../messages/JournalKey';

/** Who this device is, under both of its identities. */
export interface OwnIdentity {
	id: string;
	lid?: string;
}

/** Where the message in a stanza stands in the journal: the same for every redelivery of it. */
export function toJournalKey(attrs: BinaryNode['attrs'], me: OwnIdentity): JournalKey | undefined {
	const { id, from, participant, recipient } = attrs;
	if (!id || !from) return undefined;
	const author = participant ?? from;
	return {
		messageId: id,
		chat: jidNormalizedUser(recipient ?? from),
		participant: participant ? jidNormalizedUser(participant) : '',
		isFromMe: areJidsSameUser(author, me.id) || areJidsSameUser(author, me.lid),
	};
}

/** The same for a message that did not come in a stanza of its own. */
export function ofMessageKey(key: WAMessageKey): JournalKey | undefined {
	if (!key.id || !key.remoteJid) return undefined;
	return {
		messageId: key.id,
		chat: jidNormalizedUser(key.remoteJid),
		participant: key.participant ? jidNormalizedUser(key.participant) : '',
		isFromMe: key.fromMe === true,
	};
}
