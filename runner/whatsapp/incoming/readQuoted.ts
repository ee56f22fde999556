import { isJidStatusBroadcast, type proto } from '@whiskeysockets/baileys';
import type { StoredQuote } from '../../messages/StoredDetails';
import type { Clipper } from './Clipper';
import { messageType } from './contentKind';
import { toKnownJid, type Identities } from './Identities';
import { readText } from './readText';
import { unwrapContent, type UnwrappedContent } from './unwrapContent';

/** The message this one answers, or comments on; a status post where it says that it is one. */
export function readQuoted(
	contextInfo: proto.IContextInfo | undefined,
	{ commented }: Pick<UnwrappedContent, 'commented'>,
	{ identities, clipper }: { identities: Identities; clipper: Clipper },
): StoredQuote | undefined {
	const messageId = contextInfo?.stanzaId || commented?.id;
	if (!messageId) return undefined;
	const participant = contextInfo?.participant || commented?.participant;
	const quoted = unwrapContent(contextInfo?.quotedMessage);
	return {
		messageId: clipper.text(messageId, 'id'),
		participant: participant ? toKnownJid(clipper.text(participant, 'id'), identities) : null,
		text: clipper.textOrNull(readText(quoted.content), 'quoted'),
		type: quoted.kind ? messageType(quoted.content, quoted.kind) : null,
		isStatus: isStatusQuote(contextInfo),
	};
}

/** Whether what is answered was posted to everyone instead of said in the chat. */
export function isStatusQuote(contextInfo: proto.IContextInfo | undefined): boolean {
	const { stanzaId, remoteJid } = contextInfo ?? {};
	return Boolean(stanzaId) && isJidStatusBroadcast(remoteJid ?? '') === true;
}
