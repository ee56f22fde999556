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

/** What stands before a number that was copied from a link. */
const LINK = /^(?:tel:|whatsapp:|(?:https?:\/\/)?(?:www\.)?wa\.me\/)/i;
/** The zero that is dialled within a country only: +44 (0)20 …, +55 (0)11 … */
const TRUNK_ZERO = /(?<=^\s*(?:\+|00)[\d\s]+)\(0\)/;

/**
 * Reads a recipient in every form people write it: digits with country code, `+`, a leading `00`,
 * spaces, dots, brackets and dashes, `tel:` and wa.me links, or a JID of a phone, a LID or a group.
 * E.164 allows 15 digits. Gives undefined for what cannot be a recipient.
 */
export function toRecipient(number: unknown): Recipient | undefined {
	if (typeof number === 'number') {
		return Number.isSafeInteger(number) && number > 0 ? toRecipient(String(number)) : undefined;
	}
	if (typeof number !== 'string') return undefined;
	const text = number.trim();
	if (text.includes('@')) return readJid(text.toLowerCase());
	const digits = text
		.replace(LINK, '')
		.replace(TRUNK_ZERO, '')
		.replace(SEPARATORS, '')
		.replace(/^(?:\+|00)/, '');
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

interface NumberingRule {
	pattern: RegExp;
	/** The other spellings of a number that matches, by its groups. */
	variants: (groups: readonly string[]) => string[];
}

/**
 * Countries whose numbers changed while accounts kept theirs: what is dialled is not always what
 * WhatsApp has. All digits below come after the country code.
 */
const NUMBERING_RULES: readonly NumberingRule[] = [
	// Brazil: mobile numbers got a 9 in front (2012 to 2016). From area code 31 on, accounts often go
	// without it. A 9 before 1 to 5 was never added: what follows it may be somebody's landline.
	{ pattern: /^55([3-9][1-9])9([6-9]\d{7})$/, variants: ([area, rest]) => [`55${area}${rest}`] },
	{ pattern: /^55([1-9][1-9])([6-9]\d{7})$/, variants: ([area, rest]) => [`55${area}9${rest}`] },
	// Mexico: mobile numbers had a 1 in front when called from abroad, until 2019.
	{ pattern: /^521([2-9]\d{9})$/, variants: ([rest]) => [`52${rest}`] },
	{ pattern: /^52([2-9]\d{9})$/, variants: ([rest]) => [`521${rest}`] },
	// Argentina: mobile numbers have a 9 in front when called from abroad, and none within the country.
	{ pattern: /^549([1-3]\d{9})$/, variants: ([rest]) => [`54${rest}`] },
	{ pattern: /^54([1-3]\d{9})$/, variants: ([rest]) => [`549${rest}`] },
];

/** The numbers under which WhatsApp may know a phone (digits with country code), its own first. */
export function toVariants(phone: string): string[] {
	for (const { pattern, variants } of NUMBERING_RULES) {
		const match = pattern.exec(phone);
		if (match) return [phone, ...variants(match.slice(1))];
	}
	return [phone];
}
