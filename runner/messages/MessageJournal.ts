import type { Clock } from '../Clock';
import type { OutboxPort } from '../webhooks/OutboxPort';
import type { AwaitedMessages } from './AwaitedMessages';
import { CallBook } from './CallBook';
import type { EventMaker } from './EventMaker';
import type { IncomingMessage, MessageEdit, StatusChange } from './IncomingMessage';
import type { JournalKey } from './JournalKey';
import type { IsMeant, KnownMessage, MessageMemory } from './MessageMemory';
import type { MessageRepository } from './MessageRepository';
import { Staging, type StagedRows } from './Staging';
import type { StatusBook } from './StatusBook';
import { withLate } from './StoredDetails';
import { toConnectedBody, toDisconnectedBody, toReceivedBody } from './toEventBody';
import { toMessageRow } from './toMessageRow';
import { UncommittedMessages } from './UncommittedMessages';
import { verifyQuote } from './verifyQuote';
import { isSaidInChat, isWrittenBy, toAuthor, type Author, type ChatPlace } from './whoWrote';

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

	received(given: IncomingMessage): StagedRows {
		const { call } = given.details;
		if (call) return this.calls.changed(given, call) ?? new Staging();
		const quoted = this.quotedBy(given);
		const message = verifyQuote(given, quoted);
		const staged = new Staging();
		this.uncommitted.add(message);
		staged.whenDone(() => this.uncommitted.remove(message));
		this.options.awaited.arrived(message.key, staged);
		this.insert(staged, message);
		if (message.edit) this.stageEdit(staged, message, message.edit);
		else if (message.isForReceivers) this.tell(staged, message);
		if (!message.edit && quoted) this.stageReply(staged, message, quoted);
		return staged;
	}

	/** A call as it was told last; undefined when it is not known. */
	callOf(callId: string): IncomingMessage | undefined {
		return this.calls.find(callId);
	}

	/** A call was rejected here. Undefined when it has ended otherwise. */
	callRejected(callId: string): StagedRows | undefined {
		return this.calls.rejected(callId);
	}

	/** A message that cannot be decrypted; its sender was asked for it again. */
	undecryptable(message: IncomingMessage): StagedRows {
		return { statements: this.options.awaited.add(message) };
	}

	/** Serialised content of a message that stands in this chat; of the first one when nobody says whose. */
	contentOf(messageId: string, place: ChatPlace, author?: Author): Uint8Array | undefined {
		const known = this.recall(messageId, place, author);
		if (!known) return undefined;
		const { messages, instanceId } = this.options;
		return this.uncommitted.contentOf(known) ?? messages.findContent(instanceId, known.key);
	}

	statusChanged(change: StatusChange): StagedRows | undefined {
		const staged = new Staging();
		const { messageId, status, participant, place, author } = change;
		const known = this.recall(messageId, place, author);
		const isNews = known && this.options.statuses.add(staged, known, status, { participant });
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
		const place = { chat: message.key.chat, number: message.number };
		const original = this.recall(edit.messageId, place, toAuthor(message));
		if (!original && this.recall(edit.messageId, place)) return;
		if (original) {
			if (isDeleted(original)) return;
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

	/** The message an answer names, where it is known in its chat; a status post stands in none. */
	private quotedBy(message: IncomingMessage): KnownMessage | undefined {
		const { key, number, quotedAuthor } = message;
		const { quoted } = message.details;
		if (!quoted || quoted.isStatus) return undefined;
		return this.recall(quoted.messageId, { chat: key.chat, number }, quotedAuthor);
	}

	private stageReply(staged: Staging, message: IncomingMessage, quoted: KnownMessage): void {
		const { key, isGroup, sender } = message;
		if (key.isFromMe) return;
		const author = sender.phone ? `${sender.phone}@s.whatsapp.net` : key.participant;
		const participant = isGroup ? author : null;
		this.options.statuses.add(staged, quoted, 'REPLIED', { participant });
	}

	/** A message of this chat, and of this author if one is named. */
	private recall(messageId: string, place: ChatPlace, author?: Author): KnownMessage | undefined {
		const isMeant: IsMeant = (message) =>
			isSaidInChat(message, place) && (!author || isWrittenBy(message, author));
		const { memory } = this.options;
		const known = memory.recall(messageId, isMeant);
		const staged = known ? undefined : this.uncommitted.find(messageId, isMeant);
		if (!staged) return known;
		const { key, chatId, type, text, details, number, sender, sentAtMs } = staged;
		const message = { key, chatId, type, text, details, number, sender, sentAtMs, target: null };
		return memory.remember({ ...message, isSent: false, statuses: new Map() });
	}
}

function isDeleted({ statuses }: KnownMessage): boolean {
	return [...statuses.values()].flat().includes('DELETED');
}
