import type { SenderReference } from '../../contract';
import type { Clock } from '../Clock';
import type { OutboxPort } from '../webhooks/OutboxPort';
import type { AwaitedMessages } from './AwaitedMessages';
import { CallBook } from './CallBook';
import type { EventMaker } from './EventMaker';
import type { IncomingMessage, MessageEdit, StatusChange, StatusOrigin } from './IncomingMessage';
import type { JournalKey } from './JournalKey';
import { isSaidInChat, type KnownMessage, type MessageMemory } from './MessageMemory';
import type { MessageRepository } from './MessageRepository';
import { Staging, type StagedRows } from './Staging';
import type { StatusBook } from './StatusBook';
import { withLate } from './StoredDetails';
import { toConnectedBody, toDisconnectedBody, toReceivedBody } from './toEventBody';
import { toMessageRow } from './toMessageRow';
import { UncommittedMessages } from './UncommittedMessages';

interface JournalOptions {
	instanceId: string;
	messages: MessageRepository;
	memory: MessageMemory;
	statuses: StatusBook;
	events: EventMaker;
	outbox: OutboxPort;
	clock: Clock;
	/** Whether what the owner types on the phone is for every receiver. */
	ownMessages: () => boolean;
	downloads: FileDownloads;
	awaited: AwaitedMessages;
}

/** Fetches the files of messages. */
export interface FileDownloads {
	/** Whether files are fetched when their messages arrive. */
	isAutomatic(): boolean;
	/** A message with this file is on disk. */
	begin(sha256: string): void;
}

/**
 * Turns what WhatsApp hands over into rows: the journal, the statuses and the outbox, to be written in
 * the transaction that precedes the receipt. What is staged but not yet on disk is known here.
 */
export class MessageJournal {
	private readonly uncommitted = new UncommittedMessages();
	private readonly calls: CallBook;

	constructor(private readonly options: JournalOptions) {
		this.calls = new CallBook(options);
	}

	hasJournalled(key: JournalKey): boolean {
		const { messages, instanceId } = this.options;
		return this.uncommitted.has(key) || messages.has(instanceId, key);
	}

	received(message: IncomingMessage): StagedRows {
		const { call } = message.details;
		if (call) return this.calls.changed(message, call) ?? new Staging();
		const staged = new Staging();
		this.uncommitted.add(message);
		staged.whenDone(() => this.uncommitted.remove(message));
		staged.add(...this.options.awaited.resolve(message.key));
		this.insert(staged, message);
		if (message.edit) this.stageEdit(staged, message, message.edit);
		else if (message.isForReceivers) this.tell(staged, message);
		if (!message.edit) this.stageReply(staged, message);
		return staged;
	}

	/** A message that cannot be decrypted; its sender was asked for it again. */
	undecryptable(message: IncomingMessage): StagedRows {
		return { statements: this.options.awaited.add(message) };
	}

	/** Serialised content of a message that stands in this chat. */
	contentOf(
		messageId: string,
		place: Pick<StatusOrigin, 'chat' | 'number'>,
	): Uint8Array | undefined {
		const known = this.recall(messageId);
		if (!known || !isSaidInChat(known, place)) return undefined;
		const { messages, instanceId } = this.options;
		return this.uncommitted.contentOf(messageId) ?? messages.findContent(instanceId, known.key);
	}

	statusChanged(change: StatusChange): StagedRows | undefined {
		const staged = new Staging();
		const { messageId, status, participant, origin } = change;
		const known = this.recall(messageId);
		if (!known || !isSaidInChat(known, origin)) return undefined;
		if (status === 'DELETED' && !this.mayDelete(known, origin)) return undefined;
		const isNews = this.options.statuses.add(staged, messageId, status, { participant });
		return isNews ? staged : undefined;
	}

	connectionChanged(isConnected: boolean, reason: string | null): StagedRows {
		const staged = new Staging();
		const { outbox, events } = this.options;
		staged.event(
			outbox,
			isConnected
				? events.create('connected', '', toConnectedBody)
				: events.create('disconnected', '', (origin) => toDisconnectedBody(origin, reason)),
		);
		return staged;
	}

	protocolDone(key: JournalKey): StagedRows {
		const { messages, instanceId } = this.options;
		return { statements: [messages.protocolDone(instanceId, key)] };
	}

	unfinishedProtocol(): Array<{ key: JournalKey; content: Uint8Array }> {
		return this.options.messages.unfinishedProtocol(this.options.instanceId);
	}

	/** After a failed commit the disk is the truth: what was staged did not happen. */
	forgetUncommitted(): void {
		this.uncommitted.clear();
		this.calls.clear();
		this.options.memory.clear();
	}

	private insert(staged: Staging, message: IncomingMessage): void {
		const { instanceId, messages, clock, downloads } = this.options;
		const row = toMessageRow(message);
		const sha256 = row.details.media?.sha256;
		const isFetched = sha256 !== undefined && downloads.isAutomatic();
		if (isFetched) staged.whenDone(() => downloads.begin(sha256));
		const mediaState = isFetched ? row.mediaState : null;
		staged.add(messages.insert(instanceId, { ...row, mediaState }, clock.now()));
	}

	private tell(staged: Staging, message: IncomingMessage, isEdited = false): void {
		const { events, outbox, ownMessages } = this.options;
		const event = events.create('received', message.chatId, (origin) => ({
			...toReceivedBody(origin, message),
			edited: isEdited,
		}));
		staged.event(outbox, { ...event, includeOwn: ownMessages() });
	}

	/** Only who wrote a message can change it, and not once it is deleted. One that is not known here is told all the same. */
	private stageEdit(staged: Staging, message: IncomingMessage, edit: MessageEdit): void {
		const { instanceId, messages, memory } = this.options;
		const original = this.recall(edit.messageId);
		if (original) {
			if (isDeleted(original) || !this.mayEdit(original, message)) return;
			const { text } = message;
			const details = withLate(message.details, original.details.late === true);
			memory.remember({ ...original, text, details });
			staged.add(
				messages.setEdited(instanceId, original.key, { text, details, content: edit.content }),
			);
		}
		const key = { ...message.key, messageId: edit.messageId };
		this.tell(staged, { ...message, key }, true);
	}

	/** One deletes one's own messages; admins of groups delete others' too. */
	private mayDelete(original: KnownMessage, { isFromMe, author, isAdmin }: StatusOrigin): boolean {
		return isAdmin || this.isAuthor(original, isFromMe, [author]);
	}

	private mayEdit(original: KnownMessage, { key, number, sender }: IncomingMessage): boolean {
		return (
			isSaidInChat(original, { chat: key.chat, number }) &&
			this.isAuthor(original, key.isFromMe, namesOf(key, sender))
		);
	}

	/** Whether somebody of these names wrote a message; in direct chats there is only one other side. */
	private isAuthor({ key }: KnownMessage, isFromMe: boolean, names: readonly string[]): boolean {
		if (key.isFromMe || isFromMe) return key.isFromMe === isFromMe;
		if (key.participant === '' || names.includes(key.participant)) return true;
		const { messages, instanceId } = this.options;
		const sender = messages.findOthers(instanceId, key.messageId)?.sender;
		return sender !== undefined && namesOf(key, sender).some((name) => names.includes(name));
	}

	private stageReply(staged: Staging, message: IncomingMessage): void {
		const { key, number, isGroup, details, sender } = message;
		const quoted = details.quoted?.messageId;
		if (!quoted || key.isFromMe) return;
		const original = this.recall(quoted);
		if (!original || !isSaidInChat(original, { chat: key.chat, number })) return;
		const author = sender.phone ? `${sender.phone}@s.whatsapp.net` : key.participant;
		const participant = isGroup ? author : null;
		this.options.statuses.add(staged, quoted, 'REPLIED', { participant });
	}

	private recall(messageId: string): KnownMessage | undefined {
		const known = this.options.memory.recall(messageId);
		const staged = known ? undefined : this.uncommitted.find(messageId);
		if (!staged) return known;
		const { key, chatId, type, text, details, number, sentAtMs } = staged;
		const message = { key, chatId, type, text, details, number, sentAtMs, target: null };
		return this.options.memory.remember({ ...message, isSent: false, statuses: new Map() });
	}
}

function isDeleted({ statuses }: KnownMessage): boolean {
	return [...statuses.values()].flat().includes('DELETED');
}

/** Every JID a person goes by. */
function namesOf({ participant }: JournalKey, { phone, lid }: SenderReference): string[] {
	return [participant, phone ? `${phone}@s.whatsapp.net` : null, lid].filter(
		(name) => name !== null,
	);
}
