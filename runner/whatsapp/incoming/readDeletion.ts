import { normalizeMessageContent, proto, type WAMessage } from '@whiskeysockets/baileys';
import type { JournalKey } from '../../messages/JournalKey';
import type { Author } from '../../messages/whoWrote';
import { toAuthorNamed, toIdentity, toJids, type Identities } from './Identities';

const { REVOKE } = proto.Message.ProtocolMessage.Type;

/**
 * Which message a deletion is of: one's own, or in a group, as its admin, that of the member it names.
 * Undefined for what is no deletion, or one that its sender may not make: the mark of admins in the
 * stanza is the sender's word alone. What this account's own devices delete was theirs to judge.
 */
export function readDeletion(
	{ message, key: { participantAlt } }: WAMessage,
	key: JournalKey,
	{ identities, isByAdmin }: { identities: Identities; isByAdmin: boolean },
): { messageId: string; author: Author } | undefined {
	const deletion = normalizeMessageContent(message)?.protocolMessage;
	if (deletion?.type !== REVOKE || !deletion.key?.id) return undefined;
	const { id: messageId, fromMe, participant } = deletion.key;
	const names = toJids(toIdentity([key.participant, participantAlt], identities));
	const sender = { isFromMe: key.isFromMe, names: [key.participant, ...names] };
	const named = participant && !fromMe ? toAuthorNamed(participant, identities) : undefined;
	const isOwn = !named || isSame(named, sender);
	if (isOwn || !key.chat.endsWith('@g.us')) return { messageId, author: sender };
	return isByAdmin || key.isFromMe ? { messageId, author: named } : undefined;
}

function isSame(one: Author, other: Author): boolean {
	if (one.isFromMe || other.isFromMe) return one.isFromMe === other.isFromMe;
	return one.names.some((name) => other.names.includes(name));
}
