import type { Clock } from '../Clock';
import type { Database } from '../storage/Database';
import { forgetOldest } from '../limits/forgetOldest';
import type { Statement } from '../storage/Statement';
import { ChatKeys } from './ChatKeys';
import { ChatRepository } from './ChatRepository';
import { ContactRepository } from './ContactRepository';
import { GroupRepository, type GroupName } from './GroupRepository';
import { mergeLid } from './mergeLid';
import { toContactId, type ChatNews, type ContactNews, type MessageNews } from './PeopleNews';

/** Contacts that write are written down again after this time, so that they do not expire. */
const RENEW_MS = 24 * 3_600_000;
const MAX_REMEMBERED = 5000;

interface JournalOptions {
	instanceId: string;
	database: Database;
	clock: Clock;
	ttlMs: number;
}

/** Turns what is heard of people, chats and groups into rows for the transaction it belongs to. */
export class PeopleJournal {
	private readonly contacts: ContactRepository;
	private readonly chats: ChatRepository;
	private readonly groups: GroupRepository;
	/** Under which receivers know the chats. */
	readonly chatKeys: ChatKeys;
	/** What contacts that wrote lately call themselves. */
	private readonly writers = new Map<string, { name: string | null; notedAt: number }>();
	private readonly businesses = new Set<string>();
	/** What groups are called that were named lately, on disk or not yet. */
	private readonly groupNames = new Map<string, string>();
	private unmapped: Set<string> | undefined;
	/** Chats whose messages disappear: seconds by id. */
	private timers: Map<string, number> | undefined;

	constructor(private readonly options: JournalOptions) {
		this.contacts = new ContactRepository(options.database, options.ttlMs);
		this.chats = new ChatRepository(options.database, options.ttlMs);
		this.groups = new GroupRepository(options.database);
		this.chatKeys = new ChatKeys(options);
	}

	/** One row a message for its chat, one more when something is new about its sender. */
	noteMessage(news: MessageNews): Statement[] {
		const { instanceId, clock } = this.options;
		const now = clock.now();
		this.noteLid(news.chatId.endsWith('@lid') ? news.chatId : null);
		const unread = Number(news.isContent && !news.isFromMe);
		const { chatId: id, sentAtMs, timerSeconds = null, isByLid = null } = news;
		this.noteTimer(id, timerSeconds);
		const chat = { id, sentAtMs, unread, timerSeconds, isByLid };
		const isNamed = !news.isContent && isByLid !== null;
		return [
			...(news.isContent ? [this.chats.touch(instanceId, chat, now)] : []),
			...this.chatKeys.tell(id).statements,
			...(isNamed ? [this.chats.setByLid(instanceId, id, isByLid)] : []),
			...(news.isFromMe ? [] : this.noteSender(news.sender, now)),
		];
	}

	noteContacts(contacts: readonly ContactNews[]): Statement[] {
		const { instanceId, clock } = this.options;
		return contacts.flatMap((news) => {
			if (!news.phone) this.noteLid(news.lid);
			return this.contacts.put(instanceId, news, clock.now()) ?? [];
		});
	}

	/** They have a verified business name; told with each of their messages, noted once. */
	noteBusinesses(contacts: ReadonlyArray<Pick<ContactNews, 'phone' | 'lid'>>): Statement[] {
		return contacts.flatMap((contact) => {
			const id = toContactId(contact);
			if (!id || this.businesses.has(id)) return [];
			this.businesses.add(id);
			forgetOldest(this.businesses, MAX_REMEMBERED);
			return this.noteContacts([{ ...contact, isBusiness: true }]);
		});
	}

	noteChats(chats: readonly ChatNews[]): Statement[] {
		const { instanceId, clock } = this.options;
		return chats.flatMap((news) => {
			this.noteLid(news.id.endsWith('@lid') ? news.id : null);
			this.noteTimer(news.id, news.timerSeconds ?? null);
			const put = [
				this.chats.put(instanceId, news, clock.now()),
				...this.chatKeys.tell(news.id).statements,
			];
			return news.unreadCount === 0 ? [...put, this.chats.markAllRead(instanceId, news.id)] : put;
		});
	}

	/** Groups as WhatsApp calls them now. */
	noteGroups(groups: readonly GroupName[]): Statement[] {
		const { instanceId } = this.options;
		// One look at all of them is quicker than one at each.
		const stored = groups.length > 1 ? this.groups.all(instanceId) : undefined;
		const nameOf = (id: string) => (stored ? stored.get(id) : this.groups.find(instanceId, id));
		const isNews = ({ id, subject }: GroupName) =>
			(this.groupNames.get(id) ?? nameOf(id)) !== subject;
		return groups.filter(isNews).map((news) => {
			this.groupNames.set(news.id, news.subject);
			forgetOldest(this.groupNames, MAX_REMEMBERED);
			return this.groups.put(instanceId, news);
		});
	}

	/** All groups of the account, as WhatsApp has just listed them: others are forgotten. */
	noteAllGroups(groups: readonly GroupName[]): Statement[] {
		const names = this.noteGroups(groups);
		const ids = new Set(groups.map(({ id }) => id));
		const known = [...this.groups.all(this.options.instanceId).keys(), ...this.groupNames.keys()];
		const left = new Set(known.filter((id) => !ids.has(id)));
		return [...names, ...[...left].flatMap((id) => this.leftGroup(id))];
	}

	/** What a group is called, when that was noted lately; else it stands on the disk, if anywhere. */
	groupName(id: string): string | null {
		return this.groupNames.get(id) ?? null;
	}

	/** Whether it is known what a group is called. */
	isNamed(id: string): boolean {
		return this.groupNames.has(id) || this.groups.find(this.options.instanceId, id) !== null;
	}

	leftGroup(id: string): Statement[] {
		this.groupNames.delete(id);
		return [this.groups.remove(this.options.instanceId, id)];
	}

	/** The phone (digits) behind a LID's JID: what was stored without it gets it. */
	learnedPhone(lid: string, phone: string): Statement[] {
		const { instanceId } = this.options;
		const isStored = this.unmappedLids().delete(lid);
		const phoneJid = `${phone}@s.whatsapp.net`;
		this.noteTimer(phoneJid, this.timerOf(lid) || null);
		return [
			...this.chatKeys.merge(lid, phoneJid, isStored),
			...(isStored ? mergeLid(instanceId, lid, phone) : []),
			{
				sql: 'UPDATE contacts SET lid = ? WHERE instance_id = ? AND id = ? AND lid IS NULL',
				params: [lid, instanceId, phoneJid],
			},
		];
	}

	/** After a failed commit the disk is the truth. */
	forgetUncommitted(): void {
		this.chatKeys.forgetUncommitted();
		this.writers.clear();
		this.businesses.clear();
		this.groupNames.clear();
		this.unmapped = undefined;
		this.timers = undefined;
	}

	/** The account is gone, and with it whom it knew. */
	removeAll(): Statement[] {
		this.forgetUncommitted();
		return ['contacts', 'chats', 'groups', 'number_checks'].map((table) => ({
			sql: `DELETE FROM ${table} WHERE instance_id = ?`,
			params: [this.options.instanceId],
		}));
	}

	/** Seconds after which messages of a chat disappear; 0 when they stay, or nothing was heard of it. */
	timerOf(chatId: string): number {
		return this.timersByChat().get(chatId) ?? 0;
	}

	/** Whether messages disappear from any chat. */
	get hasTimers(): boolean {
		return this.timersByChat().size > 0;
	}

	private noteTimer(chatId: string, seconds: number | null): void {
		if (seconds === null || seconds === this.timerOf(chatId)) return;
		if (seconds > 0) this.timersByChat().set(chatId, seconds);
		else this.timersByChat().delete(chatId);
	}

	private timersByChat(): Map<string, number> {
		return (this.timers ??= new Map(
			this.chats.timers(this.options.instanceId).map(({ id, seconds }) => [id, seconds]),
		));
	}

	private noteSender(sender: MessageNews['sender'], now: number): Statement[] {
		const id = toContactId(sender);
		if (!id) return [];
		if (!sender.phone) this.noteLid(sender.lid);
		const known = this.writers.get(id);
		const isKnown = known && (sender.name === null || known.name === sender.name);
		if (isKnown && now - known.notedAt < RENEW_MS) return [];
		this.remember(id, { name: sender.name ?? known?.name ?? null, notedAt: now });
		const { phone, lid, name } = sender;
		return this.noteContacts([{ phone, lid, pushName: name, hasWritten: true }]);
	}

	private remember(id: string, writer: { name: string | null; notedAt: number }): void {
		this.writers.delete(id);
		this.writers.set(id, writer);
		forgetOldest(this.writers, MAX_REMEMBERED);
	}

	private noteLid(lid: string | null): void {
		if (lid) this.unmappedLids().add(lid);
	}

	private unmappedLids(): Set<string> {
		const { instanceId } = this.options;
		return (this.unmapped ??= new Set(this.contacts.unmappedLids(instanceId)));
	}
}
