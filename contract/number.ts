/** Where a message goes: a JID WhatsApp understands. */
export interface Recipient {
	jid: string;
	kind: 'phone' | 'lid' | 'group';
}

const PHONE_DIGITS = /^[1-9]\d{6,14}$/;
const PHONE_JID = /^(\d+)(?::\d+)?@(?:s\.whatsapp\.net|c\.us)$/;
const LID_JID = /^(\d+)(?::\d+)?@lid$/;
const GROUP_JID = /^(\d+(?:-\d+)?)@g\.us$/;
/** What people put between digits, including the invisible marks that come with copied numbers. */
const SEPARATORS = /[\s().\-/\u200e\u200f\u202a-\u202e\u00a0]/g;

/**
 * Reads a recipient in every form people write it: digits with country code, `+`, a leading `00`,
 * spaces, dots, brackets and dashes, or a JID of a phone, a LID or a group. E.164 allows 15 digits.
 * Gives undefined for what cannot be a recipient.
 */
export function toRecipient(number: unknown): Recipient | undefined {
	if (typeof number === 'number') {
		return Number.isSafeInteger(number) ? toRecipient(String(number)) : undefined;
	}
	if (typeof number !== 'string') return undefined;
	const text = number.trim();
	if (text.includes('@')) return readJid(text.toLowerCase());
	const digits = text.replace(SEPARATORS, '').replace(/^(?:\+|00)/, '');
	return PHONE_DIGITS.test(digits) ? { jid: `${digits}@s.whatsapp.net`, kind: 'phone' } : undefined;
}

function readJid(jid: string): Recipient | undefined {
	const phone = PHONE_JID.exec(jid)?.[1];
	if (phone !== undefined) {
		return PHONE_DIGITS.test(phone) ? { jid: `${phone}@s.whatsapp.net`, kind: 'phone' } : undefined;
	}
	const lid = LID_JID.exec(jid)?.[1];
	if (lid !== undefined) return { jid: `${lid}@lid`, kind: 'lid' };
	const group = GROUP_JID.exec(jid)?.[1];
	return group === undefined ? undefined : { jid: `${group}@g.us`, kind: 'group' };
}

/** The other side as users write it: digits for a phone's JID, the JID itself for LIDs and groups. */
export function toNumber(jid: string): string {
	const recipient = toRecipient(jid);
	return recipient?.kind === 'phone' ? recipient.jid.slice(0, recipient.jid.indexOf('@')) : jid;
}
