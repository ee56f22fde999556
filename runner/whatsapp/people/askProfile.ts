import type { WASocket } from '@whiskeysockets/baileys';
import type { ContactDetails } from '../../../contract';
import { readRefusal } from '../ask';
import { NoAnswerError } from '../NotSendableError';

export type ProfileAsker = Pick<
	WASocket,
	'fetchStatus' | 'profilePictureUrl' | 'getBusinessProfile'
>;

/** What WhatsApp shows of somebody. */
export type Profile = Pick<ContactDetails, 'about' | 'picture' | 'business'>;

/** Codes that mean "there is none" or "not for you". */
const HIDDEN: ReadonlySet<number> = new Set([401, 403, 404, 405]);

/** Asks for the profile of a contact. What is hidden is null; rejects when WhatsApp does not answer. */
export async function askProfile(sock: ProfileAsker, jid: string): Promise<Profile> {
	const [about, picture, business] = await Promise.all([
		orNull(askAbout(sock, jid)),
		orNull(sock.profilePictureUrl(jid, 'image')),
		orNull(askBusiness(sock, jid)),
	]);
	return { about, picture: picture ?? null, business };
}

async function askAbout(sock: ProfileAsker, jid: string): Promise<string | null> {
	const list: unknown = await sock.fetchStatus(jid);
	if (!Array.isArray(list)) throw new NoAnswerError();
	const [first] = list as Array<{ status?: { status?: string | null } }>;
	return first?.status?.status || null;
}

async function askBusiness(sock: ProfileAsker, jid: string): Promise<Profile['business']> {
	const profile = await sock.getBusinessProfile(jid);
	if (!profile) return null;
	const { description, category, website, email, address } = profile;
	return {
		description: description || null,
		category: category ?? null,
		website: website ?? [],
		email: email ?? null,
		address: address ?? null,
	};
}

async function orNull<T>(asking: Promise<T>): Promise<T | null> {
	try {
		return await asking;
	} catch (error) {
		if (HIDDEN.has(readRefusal(error) ?? 0)) return null;
		throw error;
	}
}
