import {
	toNumber,
	type ContactDetails,
	type NumberView,
	type Recipient,
	type TypingRequest,
} from '../../contract';
import { ApiError } from '../ApiError';
import type { Clock } from '../Clock';
import type { JournalKey } from '../messages/JournalKey';
import type { ChatAddresses } from '../people/ChatAddresses';
import type { ChatRepository } from '../people/ChatRepository';
import { ContactRepository } from '../people/ContactRepository';
import type { RecipientDirectory, ResolvedNumber } from '../people/RecipientDirectory';
import type { Database } from '../storage/Database';
import type { PeopleActions } from '../whatsapp/people/PeopleActions';
import type { PeoplePort } from './PeoplePort';

interface SessionPeopleOptions {
	instanceId: string;
	database: Database;
	clock: Clock;
	ttlMs: number;
	chats: ChatRepository;
	directory: Pick<RecipientDirectory, 'known' | 'resolve'>;
	/** Under which of their names people are written to. */
	addresses: Pick<ChatAddresses, 'of'>;
	phoneOfLid: (lid: string) => string | null;
	/** The open connection; throws the ApiError that says why there is none. */
	online: () => Pick<PeopleActions, 'askNumbers' | 'profile' | 'markRead' | 'showTyping'>;
}

/** Whom an instance can reach: what is stored of them, and what WhatsApp says. */
export class SessionPeople implements PeoplePort {
	private readonly chats: ChatRepository;
	private readonly contacts: ContactRepository;

	constructor(private readonly options: SessionPeopleOptions) {
		this.chats = options.chats;
		this.contacts = new ContactRepository(options.database, options.ttlMs);
	}

	async check(phone: string): Promise<NumberView> {
		return { number: phone, ...(await this.resolve(`${phone}@s.whatsapp.net`)) };
	}

	async contact(recipient: Recipient): Promise<ContactDetails> {
		const { instanceId, phoneOfLid, online } = this.options;
		const isPhone = recipient.kind === 'phone';
		const resolved = isPhone ? await this.resolve(recipient.jid) : undefined;
		const jid = resolved ? resolved.jid : recipient.jid;
		if (!jid) throw new ApiError('contact_not_found', 'This number is not on WhatsApp.');
		const profile = await online().profile(jid);
		const id = this.chatIdOf({ ...recipient, jid });
		const stored = this.contacts.find(instanceId, id);
		this.rememberBusiness(id, profile.business !== null);
		return {
			id,
			phone: stored?.phone ?? (isPhone ? toNumber(jid) : phoneOfLid(jid)),
			lid: stored?.lid ?? resolved?.lid ?? (isPhone ? null : jid),
			name: stored?.name ?? null,
			pushName: stored?.pushName ?? null,
			isBusiness: profile.business !== null,
			...profile,
		};
	}

	async markRead(recipient: Recipient, messageId?: string): Promise<void> {
		const { instanceId } = this.options;
		const chatId = this.chatIdOf(recipient);
		if (messageId === undefined) {
			const keys = this.chats.unreadKeys(instanceId, chatId);
			if (keys.length === 0 && !this.chats.has(instanceId, chatId)) {
				throw new ApiError('chat_not_found');
			}
			await this.readKeys(chatId, keys, true);
		} else {
			const key = this.chats.findKey(instanceId, chatId, messageId);
			if (!key) throw new ApiError('message_not_found');
			await this.readKeys(chatId, [key], false);
		}
	}

	async showTyping(
		recipient: Recipient,
		{ state, seconds }: Omit<TypingRequest, 'number'>,
	): Promise<void> {
		const { directory, addresses, online } = this.options;
		const jid = directory.known(recipient.jid)?.jid ?? recipient.jid;
		await online().showTyping(addresses.of(jid), state, seconds);
	}

	chatIdOf({ jid, kind }: Recipient): string {
		if (kind === 'phone') return this.options.directory.known(jid)?.jid ?? jid;
		const phone = kind === 'lid' ? this.options.phoneOfLid(jid) : null;
		return phone ? `${phone}@s.whatsapp.net` : jid;
	}

	/** Tells WhatsApp that these were read, then keeps it. */
	async readKeys(chatId: string, keys: readonly JournalKey[], areAll: boolean): Promise<void> {
		const { instanceId, online, database, addresses } = this.options;
		const addressed = keys.map((key) => ({ ...key, chat: addresses.of(key.chat) }));
		if (keys.length > 0) await online().markRead(addressed);
		await database.write([
			...(keys.length > 0 ? this.chats.markRead(instanceId, chatId, keys) : []),
			...(areAll ? [this.chats.markAllRead(instanceId, chatId)] : []),
		]);
	}

	private async resolve(phoneJid: string): Promise<ResolvedNumber> {
		const { directory, online } = this.options;
		const resolved =
			directory.known(phoneJid) ??
			(await directory.resolve(phoneJid, async (phones) => await online().askNumbers(phones)));
		if (resolved) return resolved;
		throw new ApiError('engine_down', 'WhatsApp did not answer in time. Try again in a moment.');
	}

	private rememberBusiness(id: string, isBusiness: boolean): void {
		const { database, instanceId } = this.options;
		// Losing it costs nothing but a null in the list of contacts.
		database.writeLazily([this.contacts.setBusiness(instanceId, id, isBusiness)], () => undefined);
	}
}
