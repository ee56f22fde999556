import type { proto } from '@whiskeysockets/baileys';
import { toNumber } from '../../../contract';
import type { Clipper } from './Clipper';
import { toKnownJid, type Identities } from './Identities';

/** Who is named with @: digits where the phone is known, else JIDs; each once. */
export function readMentions(
	contextInfo: proto.IContextInfo | undefined,
	identities: Identities,
	clipper: Clipper,
): string[] {
	const jids = clipper.list(contextInfo?.mentionedJid, 'mentions').filter(Boolean);
	const toMention = (jid: string) => toNumber(toKnownJid(clipper.text(jid, 'id'), identities));
	return [...new Set(jids.map(toMention))];
}

/** Whether this account is named, by phone or LID, or everyone in the group is (`@all`, which names nobody). */
export function isOwnMentioned(
	contextInfo: proto.IContextInfo | undefined,
	mentions: readonly string[],
	{ own }: Pick<Identities, 'own'>,
): boolean {
	if ((contextInfo?.nonJidMentions ?? 0) > 0) return true;
	return mentions.some((name) => name === own.phone || name === own.lid);
}
