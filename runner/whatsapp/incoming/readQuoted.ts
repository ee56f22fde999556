import type { proto } from '@whiskeysockets/baileys';
import type { StoredDetails } from '../../messages/StoredDetails';
import type { Clipper } from './Clipper';
import { toKnownJid, type Identities } from './Identities';
import { readText } from './readText';
import { unwrapContent, type UnwrappedContent } from './unwrapContent';

/** The message this one answers, or comments on. */
export function readQuoted(
	contextInfo: proto.IContextInfo | undefined,
	{ commented }: Pick<UnwrappedContent, 'commented'>,
	{ identities, clipper }: { identities: Identities; clipper: Clipper },
): StoredDetails['quoted'] {
	const messageId = contextInfo?.stanzaId || commented?.id;
	if (!messageId) return undefined;
	const participant = contextInfo?.participant || commented?.participant;
	return {
		messageId: clipper.text(messageId, 'id'),
		participant: participant ? toKnownJid(clipper.text(participant, 'id'), identities) : null,
		text: clipper.textOrNull(readText(unwrapContent(contextInfo?.quotedMessage).content), 'quoted'),
	};
}
