import { isLidUser, isPnUser, jidNormalizedUser } from '@whiskeysockets/baileys';
import { toNumber } from '../../../contract';
import type { Author, ChatPlace } from '../../messages/whoWrote';

/** Who is who: WhatsApp names people by phone or by LID, and tells which belong together as it goes. */
export interface Identities {
	/** Digits of the phone behind a LID's JID, when it is known. */
	phoneOfLid(lid: string): string | null;
	/** The LID's JID of a phone (digits), when it is known. */
	lidOfPhone(phone: string): string | null;
	/** This account. */
	own: Identity;
}

/** `phone` is digits, `lid` a JID without device. */
export interface Identity {
	phone: string | null;
	lid: string | null;
}

/** Digits when it is a phone's JID. */
export function toPhone(jid: string | null | undefined): string | null {
	return jid && isPnUser(jid) ? toNumber(jidNormalizedUser(jid)) : null;
}

/** The JID without device when it is a LID's. */
export function toLid(jid: string | null | undefined): string | null {
	return jid && isLidUser(jid) ? jidNormalizedUser(jid) : null;
}

/** Both identities of whoever these JIDs name, the missing one looked up. */
export function toIdentity(
	jids: ReadonlyArray<string | null | undefined>,
	{ phoneOfLid, lidOfPhone }: Pick<Identities, 'phoneOfLid' | 'lidOfPhone'>,
): Identity {
	const lid = firstOf(jids, toLid);
	const phone = firstOf(jids, toPhone) ?? (lid ? phoneOfLid(lid) : null);
	return { phone, lid: lid ?? (phone ? lidOfPhone(phone) : null) };
}

/** The JID users see: of the phone when it is known; other JIDs as they are. */
export function toKnownJid(jid: string, { phoneOfLid }: Pick<Identities, 'phoneOfLid'>): string {
	const normal = jidNormalizedUser(jid) || jid;
	const phone = isLidUser(normal) ? phoneOfLid(normal) : null;
	return phone ? toPhoneJid(phone) : normal;
}

export function toPhoneJid(phone: string): string {
	return `${phone}@s.whatsapp.net`;
}

/** A chat under both of its names. */
export function toPlace(jid: string, identities: Pick<Identities, 'phoneOfLid'>): ChatPlace {
	const chat = jidNormalizedUser(jid);
	return { chat, number: toNumber(toKnownJid(chat, identities)) };
}

/** Every JID of a person. */
export function toJids({ phone, lid }: Identity): string[] {
	return [...(phone ? [toPhoneJid(phone)] : []), ...(lid ? [lid] : [])];
}

/** Every JID somebody goes by, without device; of a group the JID itself. */
export function namesOf(
	jid: string,
	identities: Pick<Identities, 'phoneOfLid' | 'lidOfPhone'>,
): string[] {
	return [...new Set([jidNormalizedUser(jid) || jid, ...toJids(toIdentity([jid], identities))])];
}

/** Who is meant where a message names the author of another one. */
export function toAuthorNamed(jid: string, identities: Identities): Author {
	const { phone, lid } = toIdentity([jid], identities);
	const { own } = identities;
	const isFromMe = (phone !== null && phone === own.phone) || (lid !== null && lid === own.lid);
	return { isFromMe, names: [jidNormalizedUser(jid), ...toJids({ phone, lid })] };
}

function firstOf(
	jids: ReadonlyArray<string | null | undefined>,
	read: (jid: string | null | undefined) => string | null,
): string | null {
	for (const jid of jids) {
		const found = read(jid);
		if (found) return found;
	}
	return null;
}
