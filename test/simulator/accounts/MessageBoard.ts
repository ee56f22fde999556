import { normalizeMessageContent, proto } from '@whiskeysockets/baileys';
import type { ReceivedMessage } from './Inbox';
import { readText } from './readText';

const { REVOKE, MESSAGE_EDIT, EPHEMERAL_SETTING } = proto.Message.ProtocolMessage.Type;

/** What the messages of clients show by now: the latest text, whether they are there, reactions. */
export class MessageBoard {
	private readonly texts = new Map<string, string>();
	private readonly deleted = new Set<string>();
	private readonly reactions = new Map<string, string>();
	/** Seconds after which clients have said that messages disappear; 0: they stay. */
	timerSeconds = 0;

	/** Shows a message, or what it changes in an earlier one. */
	show({ id, message, text }: ReceivedMessage): void {
		const { protocolMessage, reactionMessage } = normalizeMessageContent(message) ?? {};
		const target = protocolMessage?.key?.id ?? reactionMessage?.key?.id ?? id;
		if (reactionMessage) this.reactions.set(target, reactionMessage.text ?? '');
		else if (protocolMessage?.type === EPHEMERAL_SETTING)
			this.timerSeconds = protocolMessage.ephemeralExpiration ?? 0;
		else if (protocolMessage?.type === REVOKE) this.deleted.add(target);
		else if (protocolMessage?.type === MESSAGE_EDIT)
			this.texts.set(target, toNewText(protocolMessage));
		else this.texts.set(id, text);
	}

	/** The text by now; undefined when there was no such message. */
	textOf(id: string): string | undefined {
		return this.texts.get(id);
	}

	/** Whether it was deleted for everyone. */
	isDeleted(id: string): boolean {
		return this.deleted.has(id);
	}

	/** The client's reaction by now; undefined when there is none. */
	reactionTo(id: string): string | undefined {
		return this.reactions.get(id) || undefined;
	}
}

const toNewText = ({ editedMessage }: proto.Message.IProtocolMessage): string =>
	readText(editedMessage ?? {});
