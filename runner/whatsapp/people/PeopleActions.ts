import { S_WHATSAPP_NET, type WASocket } from '@whiskeysockets/baileys';
import type { TypingRequest } from '../../../contract';
import { ApiError } from '../../ApiError';
import type { Clock } from '../../Clock';
import type { JournalKey } from '../../messages/JournalKey';
import type { NumberAnswer } from '../../people/RecipientDirectory';
import { AnswerCache } from '../AnswerCache';
import { ask, orApiError } from '../ask';
import { setPicture } from '../setPicture';
import { askNumbers } from './askNumbers';
import { askProfile, type Profile, type ProfileAsker } from './askProfile';
import { TypingDisplay } from './TypingDisplay';

export type PeopleSocket = ProfileAsker &
	Pick<WASocket, 'query' | 'generateMessageTag' | 'readMessages' | 'sendPresenceUpdate'>;

const PROFILE_MAX_AGE_MS = 3 * 60_000;
const MAX_PROFILES = 500;
/** So many messages are marked read by one receipt. */
const KEYS_PER_RECEIPT = 100;

/** What can be asked and said about people over one connection. Failures are ApiErrors. */
export class PeopleActions {
	private readonly profiles: AnswerCache<Profile>;
	private readonly typing: TypingDisplay;

	constructor(private readonly options: { sock: PeopleSocket; clock: Clock }) {
		const { sock, clock } = options;
		this.profiles = new AnswerCache({
			maxAgeMs: PROFILE_MAX_AGE_MS,
			maxEntries: MAX_PROFILES,
			now: () => clock.now(),
		});
		this.typing = new TypingDisplay(sock, clock);
	}

	/** Which of these numbers (digits) are on WhatsApp; undefined when it does not answer. */
	askNumbers(phones: string[]): Promise<NumberAnswer[] | undefined> {
		return orApiError(askNumbers(this.options.sock, phones), toContactRefusal);
	}

	/** What WhatsApp shows of somebody, asked once in a few minutes. */
	profile(jid: string): Promise<Profile> {
		const asking = this.profiles.get(jid, () => askProfile(this.options.sock, jid));
		return orApiError(asking, toContactRefusal);
	}

	/** Marks messages of others read; whether they are told is for the account's privacy settings to say. */
	async markRead(keys: readonly JournalKey[]): Promise<void> {
		for (let at = 0; at < keys.length; at += KEYS_PER_RECEIPT) {
			const some = keys.slice(at, at + KEYS_PER_RECEIPT).map(toMessageKey);
			await orApiError(this.options.sock.readMessages(some), toContactRefusal);
		}
	}

	async showTyping(jid: string, state: TypingRequest['state'], seconds?: number): Promise<void> {
		const durationMs = seconds === undefined ? undefined : seconds * 1000;
		await orApiError(this.typing.show(jid, state, durationMs), toContactRefusal);
	}

	/** A square JPEG. */
	async setImage(jpeg: Uint8Array): Promise<void> {
		await orApiError(setPicture(this.options.sock, jpeg), toProfileRefusal);
	}

	async setAbout(about: string): Promise<void> {
		const asking = ask(this.options.sock, {
			tag: 'iq',
			attrs: { to: S_WHATSAPP_NET, type: 'set', xmlns: 'status' },
			content: [{ tag: 'status', attrs: {}, content: Buffer.from(about, 'utf8') }],
		});
		await orApiError(asking, toProfileRefusal);
	}
}

function toMessageKey({ messageId, chat, participant }: JournalKey) {
	return { id: messageId, remoteJid: chat, fromMe: false, ...(participant ? { participant } : {}) };
}

function toContactRefusal(code: number): ApiError {
	return new ApiError(
		'contact_not_found',
		`WhatsApp shows nothing of this contact (${code}). Check the number.`,
	);
}

function toProfileRefusal(code: number): ApiError {
	return new ApiError(
		'profile_change_refused',
		`WhatsApp answered with code ${code}. Wait a few minutes and try again; pictures have to be JPEG or PNG files.`,
	);
}
