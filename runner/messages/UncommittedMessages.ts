import type { IncomingMessage, MessageEdit } from './IncomingMessage';
import type { JournalKey } from './JournalKey';
import type { IsMeant, KnownMessage } from './MessageMemory';
import { isSaidInChat, isSameKey, isWrittenBy, toAuthor } from './whoWrote';

/** What was received and is staged, but not yet on disk: a few messages at a time. */
export class UncommittedMessages {
	private readonly messages = new Map<string, IncomingMessage>();

	add(message: IncomingMessage): void {
		this.messages.set(toText(message.key), message);
	}

	remove(message: IncomingMessage): void {
		this.messages.delete(toText(message.key));
	}

	has(key: JournalKey): boolean {
		return this.messages.has(toText(key));
	}

	/** A message others see, by its id. */
	find(messageId: string, isMeant: IsMeant): IncomingMessage | undefined {
		for (const message of this.messages.values()) {
			const isShown = message.isForReceivers && !message.edit;
			if (message.key.messageId === messageId && isShown && isMeant(message)) return message;
		}
		return undefined;
	}

	/** Serialised content of a message as it stands after the last edit of its author. */
	contentOf(known: KnownMessage): Uint8Array | undefined {
		let content: Uint8Array | null = null;
		for (const message of this.messages.values()) {
			const { key, edit, content: own } = message;
			if (edit && isEditOf(message, edit, known)) content = edit.content ?? content;
			else if (!edit && isSameKey(key, known.key)) content = own ?? content;
		}
		return content ?? undefined;
	}

	clear(): void {
		this.messages.clear();
	}
}

function toText({ messageId, chat, participant, isFromMe }: JournalKey): string {
	return `${messageId}\n${chat}\n${participant}\n${isFromMe}`;
}

function isEditOf(message: IncomingMessage, edit: MessageEdit, known: KnownMessage): boolean {
	const place = { chat: message.key.chat, number: message.number };
	return (
		edit.messageId === known.key.messageId &&
		isSaidInChat(known, place) &&
		isWrittenBy(known, toAuthor(message))
	);
}
