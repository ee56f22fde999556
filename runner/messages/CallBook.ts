import type { CallDetails } from '../../contract';
import type { Clock } from '../Clock';
import type { OutboxPort } from '../webhooks/OutboxPort';
import type { EventMaker } from './EventMaker';
import type { IncomingMessage } from './IncomingMessage';
import type { MessageRepository } from './MessageRepository';
import { Staging, type StagedRows } from './Staging';
import { withLate } from './StoredDetails';
import { toMessageRow } from './toMessageRow';
import { toReceivedBody } from './toEventBody';

interface CallBookOptions {
	instanceId: string;
	messages: MessageRepository;
	events: EventMaker;
	outbox: OutboxPort;
	clock: Clock;
}

/** How many calls are kept at hand; later ones are read from the journal. */
const MAX_REMEMBERED = 100;

/** Calls: that it rings, and how it ended, once each. */
export class CallBook {
	private readonly calls = new Map<string, IncomingMessage>();

	constructor(private readonly options: CallBookOptions) {}

	/** Undefined for what was told before, and for the end of a call that had been taken or declined. */
	changed(message: IncomingMessage, call: CallDetails): StagedRows | undefined {
		const { instanceId, messages, events, outbox, clock } = this.options;
		const first = this.recall(message.key.messageId);
		// The id of a call may have come to somebody else, who has no say in it.
		if (first && !isSameCall(first, message)) return undefined;
		const told = first?.details.call?.status;
		if (told !== undefined && (told !== 'ringing' || call.status === 'ringing')) return undefined;
		const now = first ? toContinued(first, message, call) : message;
		this.remember(now);
		const staged = new Staging();
		staged.add(
			first
				? messages.setDetails(instanceId, now.key, now.details)
				: messages.insert(instanceId, toMessageRow(now), clock.now()),
		);
		staged.event(
			outbox,
			events.create('received', now.chatId, (origin) => toReceivedBody(origin, now)),
		);
		return staged;
	}

	/** A call as it was told last; undefined when it is not known. */
	find(callId: string): IncomingMessage | undefined {
		return this.recall(callId);
	}

	/** It was rejected here. Undefined when it has ended otherwise. */
	rejected(callId: string): StagedRows | undefined {
		const known = this.recall(callId);
		const { call } = known?.details ?? {};
		return known && call && this.changed(known, { ...call, status: 'rejected' });
	}

	/** After a failed commit the disk is the truth. */
	clear(): void {
		this.calls.clear();
	}

	private recall(id: string): IncomingMessage | undefined {
		const known = this.calls.get(id);
		if (known) return known;
		const { messages, instanceId } = this.options;
		const row = messages
			.candidates(instanceId, id)
			.map(({ seq }) => messages.readRow(instanceId, seq))
			.find((one) => one?.type === 'call');
		if (!row) return undefined;
		const { key, chatId, type, text, number, sender, sentAtMs, details } = row;
		return {
			...{ key, chatId, type, text, number, sender, sentAtMs, details },
			isGroup: chatId.endsWith('@g.us'),
			linkPreview: { title: null, url: null },
			groupInvite: null,
			isForReceivers: true,
			content: null,
			edit: null,
			protocol: null,
		};
	}

	private remember(message: IncomingMessage): void {
		this.calls.set(message.key.messageId, message);
		if (this.calls.size <= MAX_REMEMBERED) return;
		const oldest = this.calls.keys().next().value;
		if (oldest !== undefined) this.calls.delete(oldest);
	}
}

/** Who called stays what the ringing said: the end may be told by another device of this account. */
function toContinued(
	first: IncomingMessage,
	{ details }: IncomingMessage,
	call: CallDetails,
): IncomingMessage {
	const video = call.video || first.details.call?.video === true;
	const kept = withLate(first.details, details.late === true);
	return { ...first, details: { ...kept, call: { ...call, video } } };
}

/** In groups anybody in it may end the call; else only who called, by either of their names. */
function isSameCall(first: IncomingMessage, { key, sender }: IncomingMessage): boolean {
	const { phone, lid } = first.sender;
	return (
		first.key.chat === key.chat ||
		(phone !== null && phone === sender.phone) ||
		(lid !== null && lid === sender.lid)
	);
}
