import type { MessageState } from '../../contract';
import type { Clock } from '../Clock';
import { clip } from '../limits/clip';
import { TEXT_LIMITS } from '../limits/limits';
import type { MessageRepository } from './MessageRepository';
import { HIDDEN_TYPES, type StoredRow } from './messageRows';
import { isSameKey, type Written } from './whoWrote';

/** So many messages are at hand at the most, and so many however long nothing was heard of them. */
const MAX_REMEMBERED = 2000;
const MAX_UNUSED = 200;
/** What was said of a message within this time may not be on disk yet. */
const IN_USE_MS = 60_000;

/** A message whose fate is followed. */
export interface KnownMessage extends Pick<
	StoredRow,
	'key' | 'chatId' | 'type' | 'text' | 'details' | 'number' | 'sender' | 'target' | 'sentAtMs'
> {
	/** Whether it was sent from here; of others only the deletion is told. */
	isSent: boolean;
	/** Statuses by participant; "" is the message itself and direct chats. */
	statuses: Map<string, MessageState[]>;
}

/** Picks the message that is meant among those of the same id. */
export type IsMeant = (message: Written) => boolean;

interface MemoryOptions {
	messages: Pick<MessageRepository, 'candidates' | 'readRow'>;
	instanceId: string;
	clock: Pick<Clock, 'now'>;
	phoneOfLid: (lid: string) => string | null;
}

/** The messages whose statuses may change, staged changes included; read from the disk when needed. */
export class MessageMemory {
	/** Messages by id, as several can have the same; those used last come last. */
	private readonly known = new Map<string, { messages: KnownMessage[]; usedAt: number }>();

	constructor(private readonly options: MemoryOptions) {}

	/** The first message of that id that is meant. */
	recall(messageId: string, isMeant: IsMeant): KnownMessage | undefined {
		const kept = this.known.get(messageId)?.messages ?? [];
		const isMeantNow: IsMeant = (message) => isMeant(this.withPhone(message));
		const known = kept.find(isMeantNow) ?? this.read(messageId, isMeantNow);
		return known && this.remember(this.withPhone(known));
	}

	/** A message that was sent from here: its id was made up here, and stands once among our own. */
	recallSent(messageId: string): KnownMessage | undefined {
		const own = this.recall(messageId, ({ key }) => key.isFromMe && key.participant === '');
		return own?.isSent ? own : undefined;
	}

	remember(given: KnownMessage): KnownMessage {
		const message = given.key.isFromMe ? given : toBrief(given);
		const { messageId } = message.key;
		const now = this.options.clock.now();
		const messages = [...(this.known.get(messageId)?.messages ?? [])];
		const at = messages.findIndex(({ key }) => isSameKey(key, message.key));
		messages.splice(at < 0 ? messages.length : at, 1, message);
		this.known.delete(messageId);
		this.known.set(messageId, { messages, usedAt: now });
		this.forgetUnused(now);
		return message;
	}

	/** A message that is not sent yet goes elsewhere. */
	move(message: KnownMessage, moved: KnownMessage): void {
		const kept = this.known.get(message.key.messageId);
		if (kept) kept.messages = kept.messages.filter(({ key }) => !isSameKey(key, message.key));
		this.remember(moved);
	}

	private forgetUnused(now: number): void {
		for (const [messageId, { usedAt }] of this.known) {
			const { size } = this.known;
			if (size <= MAX_UNUSED) return;
			if (size <= MAX_REMEMBERED && now - usedAt < IN_USE_MS) return;
			this.known.delete(messageId);
		}
	}

	private read(messageId: string, isMeant: IsMeant): KnownMessage | undefined {
		const { messages, instanceId } = this.options;
		for (const { seq, ...candidate } of messages.candidates(instanceId, messageId)) {
			const stored = isMeant(candidate) ? messages.readRow(instanceId, seq) : undefined;
			if (!stored) continue;
			// What the owner typed on the phone is in the journal too, but was never queued here.
			const isQueued = stored.statuses.some(({ status }) => status === 'QUEUED');
			const isSent = candidate.key.isFromMe && isQueued;
			if (!isSent && HIDDEN_TYPES.includes(stored.type)) continue;
			const statuses = new Map<string, MessageState[]>();
			for (const { status, participant } of stored.statuses) {
				statuses.set(participant, [...(statuses.get(participant) ?? []), status]);
			}
			return { ...stored, isSent, statuses };
		}
		return undefined;
	}

	/** What is at hand of a hidden contact's chat is put right once its phone is known, as the rows are. */
	private withPhone<T extends Written & { chatId?: string }>(known: T): T {
		const chat = known.chatId ?? known.key.chat;
		const phone = chat.endsWith('@lid') ? this.options.phoneOfLid(chat) : null;
		return phone === null ? known : { ...known, chatId: `${phone}@s.whatsapp.net`, number: phone };
	}

	/** After a failed commit the disk is the truth. */
	clear(): void {
		this.known.clear();
	}
}

/**
 * What is asked about others' messages: what a quote says, with one character more where it has to be
 * cut, and whether it was late. Contacts decide how large their messages are; at hand they come to some
 * 20 MB at the most.
 */
function toBrief(message: KnownMessage): KnownMessage {
	const details = message.details.late ? { late: true as const } : {};
	return { ...message, text: clip(message.text, TEXT_LIMITS.quoted + 1), details };
}
