import type { proto } from '@whiskeysockets/baileys';
import type { StoredDetails } from '../../messages/StoredDetails';
import { toKnownJid, type Identities } from './Identities';
import { readText } from './readText';
import { unwrapContent, type UnwrappedContent } from './unwrapContent';

/** The message this one answers, or comments on. */
export function readQuoted(
	contextInfo: proto.IContextInfo | undefined,
	{ commented }: Pick<UnwrappedContent, 'commented'>,
	identities: Identities,
): StoredDetails['quoted'] {
	const messageId = contextInfo?.stanzaId || commented?.id;
	if (!messageId) return undefined;
	const participant = contextInfo?.participant || commented?.participant;
	return {
		messageId,
		participant: participant ? toKnownJid(participant, identities) : null,
		text: readText(unwrapContent(contextInfo?.quotedMessage).content) || null,
	};
}
