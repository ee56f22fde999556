import type { MessageState } from '../../contract';
import type { Clock } from '../Clock';
import type { MessageRepository } from './MessageRepository';
import type { StoredRow } from './messageRows';
import type { StatusOrigin } from './IncomingMessage';

/** So many messages are at hand at the most, and so many however long nothing was heard of them. */
const MAX_REMEMBERED = 2000;
const MAX_UNUSED = 200;
/** What was said of a message within this time may not be on disk yet. */
const IN_USE_MS = 60_000;

/** A message whose fate is followed. */
export interface KnownMessage extends Pick<
	StoredRow,
	'key' | 'chatId' | 'type' | 'text' | 'details' | 'number' | 'target' | 'sentAtMs'
> {
	/** Whether it was sent from here; of others only the deletion is told. */
	isSent: boolean;
	/** Statuses by participant; "" is the message itself and direct chats. */
	statuses: Map<string, MessageState[]>;
}

interface MemoryOptions {
	messages: Pick<MessageRepository, 'findSent' | 'findOthers'>;
	instanceId: string;
	clock: Pick<Clock, 'now'>;
	phoneOfLid: (lid: string) => string | null;
}

/** The messages whose statuses may change, staged changes included; read from the disk when needed. */
export class MessageMemory {
	/** Those used last come last. */
	private readonly known = new Map<string, { message: KnownMessage; usedAt: number }>();

	constructor(private readonly options: MemoryOptions) {}

	recall(messageId: string): KnownMessage | undefined {
		const known = this.known.get(messageId)?.message ?? this.read(messageId);
		return known && this.remember(this.withPhone(known));
	}

	remember(message: KnownMessage): KnownMessage {
		const { messageId } = message.key;
		const now = this.options.clock.now();
		this.known.delete(messageId);
		this.known.set(messageId, { message, usedAt: now });
		this.forgetUnused(now);
		return message;
	}

	private forgetUnused(now: number): void {
		for (const [messageId, { usedAt }] of this.known) {
			const { size } = this.known;
			if (size <= MAX_UNUSED) return;
			if (size <= MAX_REMEMBERED && now - usedAt < IN_USE_MS) return;
			this.known.delete(messageId);
		}
	}

	private read(messageId: string): KnownMessage | undefined {
		const { messages, instanceId } = this.options;
		const sent = messages.findSent(instanceId, messageId);
		const stored = sent ?? messages.findOthers(instanceId, messageId);
		if (!stored) return undefined;
		const statuses = new Map<string, MessageState[]>();
		for (const { status, participant } of stored.statuses) {
			statuses.set(participant, [...(statuses.get(participant) ?? []), status]);
		}
		return { ...stored, isSent: sent !== undefined, statuses };
	}

	/** What is at hand of a hidden contact's chat is put right once its phone is known, as the rows are. */
	private withPhone(known: KnownMessage): KnownMessage {
		const isHidden = known.chatId.endsWith('@lid');
		const phone = isHidden ? this.options.phoneOfLid(known.chatId) : null;
		return phone === null ? known : { ...known, chatId: `${phone}@s.whatsapp.net`, number: phone };
	}

	/** After a failed commit the disk is the truth. */
	clear(): void {
		this.known.clear();
	}
}

/** Whether word of a message comes from the chat it stands in. */
export function isSaidInChat(
	known: KnownMessage,
	origin: Pick<StatusOrigin, 'chat' | 'number'>,
): boolean {
	return known.key.chat === origin.chat || known.number === origin.number;
}
