import { randomUUID } from 'node:crypto';
import type { MessageState } from '../../contract';
import type { Clock } from '../Clock';
import type { Database } from '../storage/Database';
import type { Statement } from '../storage/Statement';
import type { OutboxPort } from '../webhooks/OutboxPort';
import type { IncomingMessage, StatusChange, StatusOrigin } from './IncomingMessage';
import type { JournalKey } from './JournalKey';
import { MessageRepository } from './MessageRepository';
import { SendQueueRepository, type QueuedText } from './SendQueueRepository';
import { Staging, type StagedRows } from './Staging';
import { isFurther, isNews } from './statusOrder';
import {
	toConnectedBody,
	toDisconnectedBody,
	toReceivedBody,
	toSentBody,
	toStatusBody,
	type EventOrigin,
} from './toEventBody';

/** Goes before the codes that WhatsApp's server refuses messages with. */
const WHATSAPP_CODE = 'whatsapp_';

/** How many messages' statuses are kept at hand. */
const MAX_REMEMBERED = 2000;

interface Known {
	/** Whether it was sent from here; of others only the deletion is told. */
	isSent: boolean;
	isFromMe: boolean;
	/** JID of the author in groups, else "". */
	author: string;
	text: string;
	number: string;
	chat: string;
	/** Statuses by participant; "" is the message itself and direct chats. */
	statuses: Map<string, MessageState[]>;
}

interface JournalOptions {
	instanceId: string;
	/** Read at each event: an instance can be renamed. */
	instanceName: () => string;
	ownNumber: () => string | null;
	database: Database;
	outbox: OutboxPort;
	ttlMs: number;
	clock: Clock;
}

/**
 * Turns what happens to messages into rows: the journal, the statuses and the outbox, to be written in
 * the transaction that precedes the receipt. What is staged but not yet on disk is known here.
 */
export class MessageJournal {
	private readonly messages: MessageRepository;
	private readonly queue: SendQueueRepository;
	private readonly uncommitted = new Set<string>();
	private readonly known = new Map<string, Known>();

	constructor(private readonly options: JournalOptions) {
		this.messages = new MessageRepository(options.database, options.ttlMs);
		this.queue = new SendQueueRepository(options.database);
	}

	hasJournalled(key: JournalKey): boolean {
		return this.uncommitted.has(toText(key)) || this.messages.has(this.options.instanceId, key);
	}

	received(message: IncomingMessage): StagedRows {
		const { instanceId } = this.options;
		const now = this.options.clock.now();
		const staged = new Staging();
		const id = toText(message.key);
		this.uncommitted.add(id);
		staged.whenDone(() => this.uncommitted.delete(id));
		staged.add(
			this.messages.insert(
				instanceId,
				{
					key: message.key,
					type: message.isForReceivers ? message.type : 'protocol',
					text: message.text,
					protocol: message.protocol,
					number: message.number,
					sentAtMs: message.sentAtMs,
					status: 'RECEIVED',
				},
				now,
			),
		);
		if (message.isForReceivers) {
			const body = toReceivedBody(this.origin(now), message);
			staged.event(this.options.outbox, { body, chat: message.key.chat });
		}
		const quoted = message.quoted?.messageId;
		const original = quoted && !message.key.isFromMe ? this.recall(quoted) : undefined;
		if (
			quoted &&
			original &&
			isSaidInChat(original, { chat: message.key.chat, number: message.number })
		) {
			this.addStatus(staged, quoted, 'REPLIED', message.isGroup ? message.key.participant : null);
		}
		return staged;
	}

	/** A text that is to be sent, in the queue and in the journal. */
	queued(text: QueuedText, number: string): Statement[] {
		const { instanceId } = this.options;
		const now = this.options.clock.now();
		this.remember(text.messageId, {
			isSent: true,
			isFromMe: true,
			author: '',
			text: text.text,
			number,
			chat: text.jid,
			statuses: new Map([['', ['QUEUED']]]),
		});
		const key = { messageId: text.messageId, chat: text.jid, participant: '', isFromMe: true };
		const row = {
			key,
			type: 'text',
			protocol: null,
			number,
			sentAtMs: now,
			status: 'QUEUED',
		} as const;
		const status = { status: 'QUEUED', participant: '', at: now } as const;
		return [
			this.queue.insert(instanceId, text, now),
			this.messages.insert(instanceId, { ...row, text: text.text }, now),
			this.messages.addStatus(instanceId, text.messageId, status),
		];
	}

	/** WhatsApp's server has accepted a message (no code), or refused it. */
	acknowledged(messageId: string, errorCode: string | null): StagedRows | undefined {
		const sent = this.recall(messageId);
		if (!sent?.isSent) return undefined;
		if (errorCode !== null) return this.failed(messageId, `${WHATSAPP_CODE}${errorCode}`);
		const staged = new Staging();
		staged.add(this.queue.remove(this.options.instanceId, messageId));
		if (this.addStatus(staged, messageId, 'SENT', null)) {
			const body = toSentBody(this.origin(this.options.clock.now()), {
				...sent,
				messageId,
				ownNumber: this.options.ownNumber(),
			});
			staged.event(this.options.outbox, { body, chat: sent.chat });
		}
		return staged;
	}

	/** A message that will never be sent. `reason` is a stable word, not a sentence. */
	failed(messageId: string, reason: string): StagedRows {
		const staged = new Staging();
		staged.add(this.queue.remove(this.options.instanceId, messageId));
		this.addStatus(staged, messageId, 'FAILED', null, reason);
		return staged;
	}

	statusChanged(change: StatusChange): StagedRows | undefined {
		const staged = new Staging();
		const { messageId, status, participant, origin } = change;
		const known = this.recall(messageId);
		if (!known || !isSaidInChat(known, origin)) return undefined;
		if (status === 'DELETED' && !mayDelete(known, origin)) return undefined;
		return this.addStatus(staged, messageId, status, participant) ? staged : undefined;
	}

	connectionChanged(isConnected: boolean, reason: string | null): StagedRows {
		const staged = new Staging();
		const origin = this.origin(this.options.clock.now());
		const body = isConnected ? toConnectedBody(origin) : toDisconnectedBody(origin, reason);
		staged.event(this.options.outbox, { body, chat: '' });
		return staged;
	}

	protocolDone(key: JournalKey): StagedRows {
		return { statements: [this.messages.protocolDone(this.options.instanceId, key)] };
	}

	unfinishedProtocol(): Array<{ key: JournalKey; content: Uint8Array }> {
		return this.messages.unfinishedProtocol(this.options.instanceId);
	}

	/** The text of a message that was sent from here. */
	textOf(messageId: string): string | undefined {
		const message = this.recall(messageId);
		return message?.isSent ? message.text : undefined;
	}

	/** Why a message from here has failed, in the words of `acknowledged` and `failed`. */
	failureOf(messageId: string): string | undefined {
		const { instanceId } = this.options;
		const reason = this.messages.findFailure(instanceId, messageId);
		return reason?.replace(WHATSAPP_CODE, '');
	}

	/** The furthest a message from here has come by itself. */
	stateOf(messageId: string): MessageState | undefined {
		return this.recall(messageId)?.statuses.get('')?.at(-1);
	}

	/** After a failed commit the disk is the truth: what was staged did not happen. */
	forgetUncommitted(): void {
		this.uncommitted.clear();
		this.known.clear();
	}

	/** Stages a status and its event if it is news about a message that is known here. */
	private addStatus(
		staged: Staging,
		messageId: string,
		status: MessageState,
		participant: string | null,
		reason?: string,
	): boolean {
		const sent = this.recall(messageId);
		if (!sent || (!sent.isSent && status !== 'DELETED')) return false;
		const who = participant ?? '';
		const previous = sent.statuses.get(who) ?? [];
		if (!isNews(previous, status)) return false;
		const { instanceId, clock, outbox } = this.options;
		if (isFurther([...sent.statuses.values()].flat(), status)) {
			staged.add(this.messages.setStatus(instanceId, messageId, status));
		}
		sent.statuses.set(who, [...previous, status]);
		const at = clock.now();
		const entry = { status, participant: who, at, ...(reason ? { reason } : {}) };
		staged.add(this.messages.addStatus(instanceId, messageId, entry));
		if (status !== 'SENT' && status !== 'QUEUED') {
			const change = {
				messageId,
				number: sent.number,
				status,
				participant,
				reason: reason ?? null,
			};
			staged.event(outbox, { body: toStatusBody(this.origin(at), change), chat: sent.chat });
		}
		return true;
	}

	private origin(now: number): EventOrigin {
		return {
			eventId: `evt_${randomUUID()}`,
			timestamp: new Date(now).toISOString(),
			instanceId: this.options.instanceId,
			instanceName: this.options.instanceName(),
		};
	}

	private recall(messageId: string): Known | undefined {
		const known = this.known.get(messageId);
		if (known) return known;
		const { instanceId } = this.options;
		const sent = this.messages.findSent(instanceId, messageId);
		const stored = sent ?? this.messages.findOthers(instanceId, messageId);
		if (!stored) return undefined;
		const statuses = new Map<string, MessageState[]>();
		for (const { status, participant } of stored.statuses) {
			statuses.set(participant, [...(statuses.get(participant) ?? []), status]);
		}
		return this.remember(messageId, { ...stored, isSent: sent !== undefined, statuses });
	}

	private remember(messageId: string, message: Known): Known {
		this.known.set(messageId, message);
		if (this.known.size > MAX_REMEMBERED) {
			const oldest = this.known.keys().next().value;
			if (oldest !== undefined) this.known.delete(oldest);
		}
		return message;
	}
}

/** Whether word of a message comes from the chat it stands in. */
function isSaidInChat(known: Known, origin: Pick<StatusOrigin, 'chat' | 'number'>): boolean {
	return known.chat === origin.chat || known.number === origin.number;
}

/** One deletes one's own messages; admins of groups delete others' too, and WhatsApp sees to that. */
function mayDelete(known: Known, origin: StatusOrigin): boolean {
	return origin.author !== '' || known.isFromMe === origin.isFromMe;
}

function toText({ messageId, chat, participant, isFromMe }: JournalKey): string {
	return `${messageId}\n${chat}\n${participant}\n${isFromMe}`;
}
