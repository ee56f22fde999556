import { toNumber, type MessageState } from '../../contract';
import type { Clock } from '../Clock';
import type { Statement } from '../storage/Statement';
import type { ChatAddresses } from '../people/ChatAddresses';
import type { OutboxPort } from '../webhooks/OutboxPort';
import type { EventMaker } from './EventMaker';
import type { KnownMessage, MessageMemory } from './MessageMemory';
import type { MessageRepository } from './MessageRepository';
import type { Outgoing, PreparedMessage } from './Outgoing';
import { isOnRoster, type Roster } from './Roster';
import type { RosterRepository } from './RosterRepository';
import type { SendQueueRepository } from './SendQueueRepository';
import type { SentCopy } from './SentCopy';
import { Staging, type StagedRows } from './Staging';
import type { StatusBook } from './StatusBook';
import { toSentBody, type EventOrigin } from './toEventBody';
import { isSaidInChat, isWrittenBy } from './whoWrote';

/** Goes before the codes that WhatsApp's server refuses messages with. */
const WHATSAPP_CODE = 'whatsapp_';

interface SentJournalOptions {
	instanceId: string;
	messages: MessageRepository;
	queue: SendQueueRepository;
	rosters: RosterRepository;
	memory: MessageMemory;
	statuses: StatusBook;
	events: EventMaker;
	outbox: OutboxPort;
	ownNumber: () => string | null;
	/** Rows that follow from a message having been sent; `address` is where WhatsApp has taken it. */
	noteSent: (message: KnownMessage, address: string | null) => Statement[];
	addresses: Pick<ChatAddresses, 'of' | 'otherName' | 'refused' | 'settled'>;
	clock: Clock;
	/** What a message is after an edit; both serialised, the edit as it was sent. */
	applyEdit: (stored: Uint8Array, edit: Uint8Array) => Uint8Array;
}

/** The journal of what is sent from here: from the queue to the server's word. */
export class SentJournal {
	constructor(private readonly options: SentJournalOptions) {}

	/** A message that is to be sent, in the queue and in the journal. `number` is what one would send to. */
	queued(outgoing: Outgoing, prepared: PreparedMessage, number: string): Statement[] {
		const { instanceId, memory, queue, messages, clock } = this.options;
		const now = clock.now();
		const { messageId, jid } = outgoing;
		const { type, text, details, target = null } = prepared;
		const key = { messageId, chat: jid, participant: '', isFromMe: true };
		const chatId = toChatId(jid, number);
		const sender = { phone: this.options.ownNumber(), lid: null, name: null };
		const known = { key, chatId, type, text, details, number, sender, target, sentAtMs: now };
		memory.remember({
			...(known as KnownMessage),
			isSent: true,
			statuses: new Map([['', ['QUEUED']]]),
		});
		const row = {
			...known,
			content: outgoing.content,
			isProtocolPending: false,
			status: 'QUEUED',
			mediaState: details.media ? 'stored' : null,
		} as const;
		const status = { status: 'QUEUED', participant: '', at: now } as const;
		return [
			queue.insert(instanceId, outgoing, now),
			messages.insert(instanceId, row, now),
			messages.addStatus(instanceId, key, status),
		];
	}

	/** The file of a queued message is uploaded, or its recipient has another JID than was thought. */
	changed(outgoing: Outgoing): Statement[] {
		const { instanceId, memory, queue, messages } = this.options;
		const { messageId, jid: chat, content } = outgoing;
		const known = memory.recallSent(messageId);
		const isMoved = known !== undefined && known.key.chat !== chat;
		const number = known && !isMoved ? known.number : toNumber(chat);
		if (known && isMoved) {
			memory.move(known, { ...known, key: { ...known.key, chat }, chatId: chat, number });
		}
		return [
			queue.update(instanceId, outgoing),
			...messages.setOutgoing(instanceId, messageId, { chat, number, content }),
		];
	}

	/**
	 * WhatsApp's server has accepted a message (no code), or refused it. `address` is the JID it was sent to,
	 * as the server says.
	 */
	acknowledged(
		messageId: string,
		errorCode: string | null,
		address: string | null = null,
	): StagedRows | undefined {
		const sent = this.options.memory.recallSent(messageId);
		if (!sent) return undefined;
		if (errorCode !== null) return this.failed(messageId, `${WHATSAPP_CODE}${errorCode}`);
		const staged = new Staging();
		staged.whenDone(() => this.options.addresses.settled(sent.key.chat));
		staged.add(this.options.queue.remove(this.options.instanceId, messageId));
		if (this.options.statuses.add(staged, sent, 'SENT')) {
			this.tellSent(staged, sent);
			staged.add(...this.options.noteSent(sent, address));
		}
		return staged;
	}

	/**
	 * WhatsApp refuses a waiting message under this name of its recipient: rows for a try under the other
	 * one, `isNews` unless that is under way already. Undefined when there is none to be tried: then the
	 * refusal is the last word.
	 */
	refusedUnder(messageId: string, name: string): (StagedRows & { isNews: boolean }) | undefined {
		const { queue, instanceId, addresses } = this.options;
		const before = queue.findRefused(instanceId, messageId);
		// Taken under the other name since.
		if (before === undefined) return { statements: [], isNews: false };
		if (addresses.otherName(name) === undefined) return undefined;
		// Said twice, of a message that went out twice under this name.
		if (before === name) return { statements: [], isNews: false };
		if (before !== null) return undefined;
		addresses.refused(name);
		return { statements: [queue.setRefused(instanceId, messageId, name)], isNews: true };
	}

	/** A message that will never be sent. `reason` is a stable word, not a sentence. */
	failed(messageId: string, reason: string): StagedRows {
		const staged = new Staging();
		staged.add(this.options.queue.remove(this.options.instanceId, messageId));
		const sent = this.options.memory.recallSent(messageId);
		if (!sent) return staged;
		this.options.statuses.add(staged, sent, 'FAILED', { reason });
		staged.whenDone(() => this.options.addresses.settled(sent.key.chat));
		return staged;
	}

	/** It leaves for the members of a group: they may ask for it again, nobody else. */
	leaves(messageId: string, roster: Roster): Statement[] {
		const { rosters, instanceId, clock } = this.options;
		return rosters.assign(instanceId, messageId, roster, clock.now());
	}

	/** A message that was sent from here; undefined when it is not kept, or was never accepted. */
	copyOf(messageId: string): SentCopy | undefined {
		const { memory, messages, rosters, instanceId } = this.options;
		const known = memory.recallSent(messageId);
		const content = known ? messages.findContent(instanceId, known.key) : undefined;
		if (!known || !content) return undefined;
		const statuses = [...known.statuses.values()].flat();
		if (statuses.includes('FAILED')) return undefined;
		return {
			chat: known.key.chat,
			address: this.options.addresses.of(known.key.chat),
			content,
			isDeleted: statuses.includes('DELETED'),
			wentTo: (names) => {
				const roster = rosters.find(instanceId, messageId);
				return roster !== undefined && isOnRoster(roster, names);
			},
		};
	}

	/** Why a message from here has failed, in the words of `acknowledged` and `failed`. */
	failureOf(messageId: string): string | undefined {
		const reason = this.options.messages.findFailure(this.options.instanceId, messageId);
		return reason?.replace(WHATSAPP_CODE, '');
	}

	/** The furthest a message from here has come by itself. */
	stateOf(messageId: string): MessageState | undefined {
		return this.options.memory.recallSent(messageId)?.statuses.get('')?.at(-1);
	}

	/** Where a message from here goes. */
	jidOf(messageId: string): string | undefined {
		return this.options.memory.recallSent(messageId)?.key.chat;
	}

	/**
	 * A deletion is told as the status of the message it is about, what sets something for the chat not at
	 * all, everything else as sent.
	 */
	private tellSent(staged: Staging, sent: KnownMessage): void {
		const { memory, events, outbox, statuses } = this.options;
		if ((sent.type as string) === 'protocol') return;
		const changed = this.findTarget(sent);
		if (sent.target !== null && !changed) return;
		if ((sent.type as string) === 'delete') {
			if (changed) statuses.add(staged, changed, 'DELETED');
			return;
		}
		const shown = changed ? this.toEdited(changed, sent.text) : sent;
		if (changed) {
			memory.remember(shown);
			staged.add(this.storeEdit(shown, sent));
		}
		const isEdited = changed !== undefined;
		const toBody = (origin: EventOrigin) =>
			toSentBody(origin, { ...shown, isEdited, ownNumber: this.options.ownNumber() });
		staged.event(outbox, events.create('sent', shown.chatId, toBody));
	}

	/** The message an edit or a deletion is about: it stands in the same chat. */
	private findTarget({ key, number, target }: KnownMessage): KnownMessage | undefined {
		if (!target) return undefined;
		const author = { isFromMe: target.isFromMe, names: [target.participant] };
		return this.options.memory.recall(
			target.messageId,
			(message) =>
				isSaidInChat(message, { chat: key.chat, number }) && isWrittenBy(message, author),
		);
	}

	private toEdited(original: KnownMessage, text: string): KnownMessage {
		const { media } = original.details;
		const caption = media ? { media: { ...media, caption: text } } : {};
		return { ...original, text, details: { ...original.details, ...caption } };
	}

	private storeEdit({ key, text, details }: KnownMessage, edit: KnownMessage): Statement {
		const { messages, instanceId, applyEdit } = this.options;
		const stored = messages.findContent(instanceId, key);
		const change = messages.findContent(instanceId, edit.key);
		const content = stored && change ? applyEdit(stored, change) : null;
		return messages.setEdited(instanceId, key, { text, details, content });
	}
}

/** The JID that chats are shown under: of the phone when it is known. */
function toChatId(jid: string, number: string): string {
	return jid.endsWith('@lid') && /^\d+$/.test(number) ? `${number}@s.whatsapp.net` : jid;
}
