import type { MessageState } from '../../contract';
import type { MessageRepository } from './MessageRepository';
import type { StoredRow } from './messageRows';
import type { StatusOrigin } from './IncomingMessage';

/** How many messages' statuses are kept at hand. */
const MAX_REMEMBERED = 2000;

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

/** The messages whose statuses may change, staged changes included; read from the disk when needed. */
export class MessageMemory {
	private readonly known = new Map<string, KnownMessage>();

	constructor(
		private readonly messages: MessageRepository,
		private readonly instanceId: string,
		private readonly phoneOfLid: (lid: string) => string | null,
	) {}

	recall(messageId: string): KnownMessage | undefined {
		const known = this.known.get(messageId);
		if (known) return this.withPhone(known);
		const sent = this.messages.findSent(this.instanceId, messageId);
		const stored = sent ?? this.messages.findOthers(this.instanceId, messageId);
		if (!stored) return undefined;
		const statuses = new Map<string, MessageState[]>();
		for (const { status, participant } of stored.statuses) {
			statuses.set(participant, [...(statuses.get(participant) ?? []), status]);
		}
		return this.remember({ ...stored, isSent: sent !== undefined, statuses });
	}

	remember(message: KnownMessage): KnownMessage {
		this.known.set(message.key.messageId, message);
		if (this.known.size > MAX_REMEMBERED) {
			const oldest = this.known.keys().next().value;
			if (oldest !== undefined) this.known.delete(oldest);
		}
		return message;
	}

	/** What is at hand of a hidden contact's chat is put right once its phone is known, as the rows are. */
	private withPhone(known: KnownMessage): KnownMessage {
		const phone = known.chatId.endsWith('@lid') ? this.phoneOfLid(known.chatId) : null;
		if (phone === null) return known;
		return this.remember({ ...known, chatId: `${phone}@s.whatsapp.net`, number: phone });
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
