import type { IncomingMessage } from './IncomingMessage';
import type { JournalKey } from './JournalKey';

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
	find(messageId: string): IncomingMessage | undefined {
		for (const message of this.messages.values()) {
			if (message.key.messageId === messageId && message.isForReceivers && !message.edit) {
				return message;
			}
		}
		return undefined;
	}

	/** Serialised content as it stands after the last edit. */
	contentOf(messageId: string): Uint8Array | undefined {
		let content: Uint8Array | null = null;
		for (const { key, edit, content: own } of this.messages.values()) {
			if (edit?.messageId === messageId) content = edit.content ?? content;
			else if (key.messageId === messageId) content = own ?? content;
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
