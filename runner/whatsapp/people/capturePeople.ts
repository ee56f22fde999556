import {
	isJidGroup,
	isLidUser,
	isPnUser,
	type BaileysEventMap,
	type Chat,
	type Contact,
} from '@whiskeysockets/baileys';
import type { PeopleJournal } from '../../people/PeopleJournal';
import { toContactId, type ChatNews, type ContactNews } from '../../people/PeopleNews';
import type { Statement } from '../../storage/Statement';
import type { GroupCache } from '../groups/GroupCache';
import { toIdentity, type Identities } from '../incoming/Identities';
import { readTimer } from '../incoming/readTimer';

/** Who writes down what is heard of people. */
export type PeopleListener = Pick<
	PeopleJournal,
	| 'noteContacts'
	| 'noteBusinesses'
	| 'noteChats'
	| 'noteGroups'
	| 'noteAllGroups'
	| 'isNamed'
	| 'leftGroup'
	| 'learnedPhone'
>;

interface CaptureOptions {
	people: PeopleListener;
	groups: Pick<GroupCache, 'forget'>;
	identities: Identities;
	stage: (statements: Statement[]) => void;
}

type Capture<E extends keyof BaileysEventMap> = (
	options: CaptureOptions,
	data: BaileysEventMap[E],
) => Statement[];

/** What each of Baileys' events says about people, chats and groups. */
const CAPTURES: { [E in keyof BaileysEventMap]?: Capture<E> } = {
	'messaging-history.set': (options, { contacts, chats }) => [
		...captureContacts(options, contacts),
		...captureChats(options, chats, toHistoryNews),
	],
	'contacts.upsert': captureContacts,
	// Comes with every message for the name its sender goes by, which is noted with the message.
	'contacts.update': ({ people, identities }, contacts) =>
		people.noteBusinesses(
			contacts
				.filter(({ id, verifiedName }) => id && verifiedName && isPerson(id))
				.map(({ id }) => toIdentity([id], identities)),
		),
	'chats.upsert': (options, chats) => captureChats(options, chats, toHistoryNews),
	'chats.update': (options, chats) => {
		for (const { id, ephemeralExpiration } of chats) {
			// The timer of a group stands in what WhatsApp says of it.
			if (id && ephemeralExpiration !== undefined) options.groups.forget(id);
		}
		return captureChats(options, chats, toReadNews);
	},
	'groups.upsert': ({ people, groups }, upserts) => {
		upserts.forEach(({ id }) => groups.forget(id));
		return people.noteGroups(upserts.map(({ id, subject }) => ({ id, subject: subject ?? '' })));
	},
	'groups.update': ({ people, groups }, updates) =>
		updates.flatMap(({ id, subject }) => {
			if (id) groups.forget(id);
			return id && subject !== undefined ? people.noteGroups([{ id, subject }]) : [];
		}),
	'group-participants.update': ({ people, groups, identities }, { id, action, participants }) => {
		groups.forget(id);
		const hasLeft = action === 'remove' && participants.some((one) => isOwn(one, identities));
		return hasLeft ? people.leftGroup(id) : [];
	},
};

/** Stages what an event of Baileys says about people, at the moment it is emitted. */
export function capturePeople(
	options: CaptureOptions,
	event: keyof BaileysEventMap,
	data: unknown,
): void {
	const capture = CAPTURES[event] as Capture<keyof BaileysEventMap> | undefined;
	const statements = capture?.(options, data as never) ?? [];
	if (statements.length > 0) options.stage(statements);
}

function captureContacts({ people, identities }: CaptureOptions, contacts: Contact[]): Statement[] {
	return people.noteContacts(
		contacts
			.filter(({ id }) => isPerson(id))
			.map(({ id, lid, phoneNumber, name, notify, verifiedName }): ContactNews => ({
				...toIdentity([id, phoneNumber, lid], identities),
				name: name ?? null,
				pushName: notify ?? null,
				isBusiness: verifiedName ? true : null,
			})),
	);
}

function captureChats(
	{ people, identities }: CaptureOptions,
	chats: Array<Partial<Chat>>,
	toNews: (chat: Partial<Chat>) => Omit<ChatNews, 'id'> | undefined,
): Statement[] {
	return people.noteChats(
		chats.flatMap((chat) => {
			const id = toChatId(chat, identities);
			const news = toNews(chat);
			return id && news ? [{ id, ...news }] : [];
		}),
	);
}

function toHistoryNews(chat: Partial<Chat>): Omit<ChatNews, 'id'> {
	const { name, displayName, conversationTimestamp, lastMsgTimestamp, unreadCount } = chat;
	const timer = readTimer(chat.ephemeralExpiration);
	const seconds = Number(conversationTimestamp || lastMsgTimestamp || 0);
	return {
		name: displayName || name || null,
		lastMessageAt: seconds > 0 ? seconds * 1000 : null,
		...(typeof unreadCount === 'number' ? { unreadCount: toUnreadCount(unreadCount) } : {}),
		...(timer === undefined ? {} : { timerSeconds: timer }),
		...(isPerson(chat.id ?? undefined)
			? { isByLid: isLidUser(chat.id ?? undefined) === true }
			: {}),
	};
}

/** Read or marked as unread on the phone. Counts that go up come with messages, which are counted. */
function toReadNews(chat: Partial<Chat>): Omit<ChatNews, 'id'> | undefined {
	const { unreadCount, ephemeralExpiration } = chat;
	// Baileys says null when the timer was switched off.
	if (ephemeralExpiration !== undefined) {
		return { timerSeconds: readTimer(ephemeralExpiration) ?? 0 };
	}
	if (unreadCount !== 0 && unreadCount !== -1) return undefined;
	return { unreadCount: toUnreadCount(unreadCount) };
}

/** WhatsApp counts -1 in chats that were marked as unread by hand. */
const toUnreadCount = (count: number): number => (count < 0 ? 1 : count);

function toChatId(chat: Partial<Chat>, identities: Identities): string | null {
	const { id, pnJid, lidJid } = chat;
	if (!id) return null;
	if (isJidGroup(id)) return id;
	return isPerson(id) ? toContactId(toIdentity([id, pnJid, lidJid], identities)) : null;
}

function isPerson(jid: string | undefined): boolean {
	return isPnUser(jid) === true || isLidUser(jid) === true;
}

function isOwn(
	member: { id: string; phoneNumber?: string | undefined; lid?: string | undefined },
	identities: Identities,
): boolean {
	const { phone, lid } = toIdentity([member.id, member.phoneNumber, member.lid], identities);
	const { own } = identities;
	return (phone !== null && phone === own.phone) || (lid !== null && lid === own.lid);
}
