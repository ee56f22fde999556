import type { proto } from '@whiskeysockets/baileys';
import { toNumber } from '../../../contract';
import { toKnownJid, type Identities } from './Identities';

/** Who is named with @: digits where the phone is known, else JIDs; each once. */
export function readMentions(
	contextInfo: proto.IContextInfo | undefined,
	identities: Identities,
): string[] {
	const jids = (contextInfo?.mentionedJid ?? []).filter(Boolean);
	return [...new Set(jids.map((jid) => toNumber(toKnownJid(jid, identities))))];
}
