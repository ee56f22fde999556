import { toNumber } from '../../contract';
import { ApiError } from '../ApiError';
import type { Clock } from '../Clock';
import type { MessageJournal } from '../messages/MessageJournal';
import type { QueuedText, SendQueueRepository } from '../messages/SendQueueRepository';
import type { Database } from '../storage/Database';
import type { Statement } from '../storage/Statement';
import { NoAnswerError, NotSendableError } from '../whatsapp/NotSendableError';
import type { SendOutcome, SendTextCommand } from './SessionPort';

/** How long a caller waits for WhatsApp's acceptance before the answer is "queued". */
const ACCEPTANCE_TIMEOUT_MS = 20_000;
/** A recipient whose devices WhatsApp does not name is asked for again after this time, so many times. */
const ASK_AGAIN_MS = 5_000;
const MAX_UNANSWERED = 3;
const IDEMPOTENCY_TTL_MS = 24 * 3_600_000;

/** The part of a connection that sends. */
export interface Sender {
	/** Commits the rows before the message leaves. NotSendableError is a verdict on the message. */
	sendText(message: QueuedText, rows: readonly Statement[]): Promise<void>;
}

interface Pending {
	text: QueuedText;
	/** Rows of a message that may not be on disk yet. */
	rows: Statement[];
	outcome: PromiseWithResolvers<SendOutcome>;
	idempotency: { key: string; bodyHash: string } | undefined;
	/** It is being written to a connection or to the disk right now. */
	isUnderWay: boolean;
	/** So often WhatsApp has left open who is to receive it. */
	unanswered: number;
}

interface SendQueueOptions {
	instanceId: string;
	database: Database;
	repository: SendQueueRepository;
	journal: MessageJournal;
	clock: Clock;
	createMessageId: () => string;
	phoneOfLid: (lid: string) => string | null;
}

/**
 * Sends each text once WhatsApp can be reached, and again with the same id (which phones recognise)
 * until its server has acknowledged it. The row of a message is on disk before the message leaves.
 */
export class SendQueue {
	private readonly pending = new Map<string, Pending>();
	private readonly pendingByKey = new Map<string, Pending>();
	private sender: Sender | undefined;

	constructor(private readonly options: SendQueueOptions) {}

	async submit(command: SendTextCommand): Promise<SendOutcome> {
		const earlier = command.idempotency && this.findEarlier(command.idempotency);
		if (earlier) return await earlier;
		const pending = this.create(command);
		void this.dispatch(pending);
		return await this.waitFor(pending);
	}

	/** The connection is open: what was not acknowledged goes out again, first and in its old order. */
	attach(sender: Sender): void {
		this.sender = sender;
		for (const text of this.options.repository.all(this.options.instanceId)) {
			if (!this.pending.has(text.messageId)) this.add({ text, rows: [] });
		}
		// What is being stored at this moment is taken up when it is.
		for (const pending of this.pending.values()) void this.dispatch(pending);
	}

	/** The connection has ended: what it did not get to commit is stored now. */
	async detach(): Promise<void> {
		this.sender = undefined;
		await Promise.all([...this.pending.values()].map((pending) => this.store(pending)));
	}

	/** The runner stops: what is stored will be sent by the next one, and callers need not wait for it. */
	release(): void {
		for (const { text, outcome } of this.pending.values()) {
			outcome.resolve({ messageId: text.messageId, state: 'queued' });
		}
	}

	/** WhatsApp's word on a message, already on disk. */
	settle(messageId: string, refusal: string | null): void {
		const pending = this.pending.get(messageId);
		if (!pending) return;
		if (refusal === null) {
			this.forget(pending);
			pending.outcome.resolve({ messageId, state: 'sent' });
		} else {
			this.fail(pending, toRefusal(refusal));
		}
	}

	/** The account is gone: nothing of this may leave from another one. */
	async abandon(): Promise<void> {
		await this.detach();
		const { repository, instanceId } = this.options;
		for (const { messageId } of repository.all(instanceId)) {
			await this.refuse(messageId, 'logged_out');
		}
	}

	private create(command: SendTextCommand): Pending {
		const { journal, repository, instanceId, clock, createMessageId, phoneOfLid } = this.options;
		const messageId = createMessageId();
		const { jid } = command.recipient;
		const text = { messageId, jid, text: command.text };
		const phone = command.recipient.kind === 'lid' ? phoneOfLid(jid) : null;
		const rows = journal.queued(text, phone ?? toNumber(jid));
		if (command.idempotency) {
			const expiresAt = clock.now() + IDEMPOTENCY_TTL_MS;
			rows.push(
				repository.rememberKey(instanceId, { ...command.idempotency, messageId, expiresAt }),
			);
		}
		return this.add({ text, rows, idempotency: command.idempotency });
	}

	private add(message: Pick<Pending, 'text' | 'rows'> & Partial<Pending>): Pending {
		const pending: Pending = {
			idempotency: undefined,
			isUnderWay: false,
			unanswered: 0,
			outcome: Promise.withResolvers<SendOutcome>(),
			...message,
		};
		// Nobody may be waiting by the time it fails.
		pending.outcome.promise.catch(() => undefined);
		this.pending.set(pending.text.messageId, pending);
		if (pending.idempotency) this.pendingByKey.set(pending.idempotency.key, pending);
		return pending;
	}

	/** What became of an earlier call with this key; throws `idempotency_conflict` for another body. */
	private findEarlier(given: { key: string; bodyHash: string }): Promise<SendOutcome> | undefined {
		const { repository, journal, instanceId, clock } = this.options;
		const inMemory = this.pendingByKey.get(given.key);
		const stored = inMemory ? undefined : repository.findByKey(instanceId, given.key, clock.now());
		const bodyHash = inMemory?.idempotency?.bodyHash ?? stored?.bodyHash;
		if (bodyHash === undefined) return undefined;
		if (bodyHash !== given.bodyHash) throw new ApiError('idempotency_conflict');
		const pending = inMemory ?? (stored && this.pending.get(stored.messageId));
		if (pending) return this.waitFor(pending);
		if (!stored) return undefined;
		const failure = journal.failureOf(stored.messageId);
		if (failure !== undefined) throw toRefusal(failure);
		const isQueued = journal.stateOf(stored.messageId) === 'QUEUED';
		return Promise.resolve({ messageId: stored.messageId, state: isQueued ? 'queued' : 'sent' });
	}

	/** Hands it to the connection, or stores it for the next one; once at a time. */
	private async dispatch(pending: Pending): Promise<void> {
		if (pending.isUnderWay) return;
		pending.isUnderWay = true;
		let tried: Sender | undefined;
		let isDone = false;
		do {
			tried = this.sender;
			isDone = tried ? await this.trySending(pending, tried) : await this.store(pending);
			// A connection may have opened meanwhile: it has not been told of this message.
		} while (!isDone && this.sender !== tried && this.sender);
		pending.isUnderWay = false;
	}

	/** Whether nothing more is to be done for it now; false when the next connection should have it. */
	private async trySending(pending: Pending, sender: Sender): Promise<boolean> {
		const { messageId } = pending.text;
		try {
			await sender.sendText(pending.text, pending.rows);
			return true;
		} catch (error) {
			if (error instanceof NotSendableError) {
				await this.refuse(messageId, 'not_sendable');
				return true;
			}
			if (await this.store(pending)) return true;
			if (!(error instanceof NoAnswerError)) return false;
			if (++pending.unanswered >= MAX_UNANSWERED) await this.refuse(messageId, 'no_answer');
			else this.options.clock.setTimer(() => void this.dispatch(pending), ASK_AGAIN_MS);
			return true;
		}
	}

	/** False when it is on disk and waits for a connection, true when it has failed. */
	private async store(pending: Pending): Promise<boolean> {
		try {
			await this.options.database.write(pending.rows);
			return false;
		} catch {
			this.fail(pending, new ApiError('storage_unavailable'));
			return true;
		}
	}

	private async refuse(messageId: string, reason: string): Promise<void> {
		const staged = this.options.journal.failed(messageId, reason);
		const rows = this.pending.get(messageId)?.rows ?? [];
		try {
			await this.options.database.write([...rows, ...staged.statements]);
			staged.announce?.();
			this.settle(messageId, reason);
		} catch {
			const pending = this.pending.get(messageId);
			if (pending) this.fail(pending, new ApiError('storage_unavailable'));
		}
	}

	private async waitFor({ text: { messageId }, outcome }: Pending): Promise<SendOutcome> {
		const late = Promise.withResolvers<SendOutcome>();
		const timer = this.options.clock.setTimer(
			() => late.resolve({ messageId, state: 'queued' }),
			ACCEPTANCE_TIMEOUT_MS,
		);
		try {
			return await Promise.race([outcome.promise, late.promise]);
		} finally {
			timer.cancel();
		}
	}

	private fail(pending: Pending, error: ApiError): void {
		this.forget(pending);
		pending.outcome.reject(error);
	}

	private forget(pending: Pending): void {
		this.pending.delete(pending.text.messageId);
		if (pending.idempotency) this.pendingByKey.delete(pending.idempotency.key);
	}
}

/** Why a message was not accepted, as the caller is told. */
function toRefusal(reason: string): ApiError {
	if (reason === 'logged_out') return new ApiError('instance_not_linked');
	if (reason === 'no_answer') {
		return new ApiError(
			'rejected_by_whatsapp',
			'WhatsApp did not say how to reach this recipient. Check the number and try again later.',
		);
	}
	if (reason === 'not_sendable') {
		return new ApiError(
			'rejected_by_whatsapp',
			'The message could not be encrypted for this recipient: check that the number is on WhatsApp, or that the account is a member of the group.',
		);
	}
	if (reason === '463') {
		return new ApiError(
			'rejected_by_whatsapp',
			'WhatsApp restricts this account from starting new chats (463). Let the contact write first, or wait until the restriction ends.',
		);
	}
	return new ApiError(
		'rejected_by_whatsapp',
		`WhatsApp answered with code ${reason}. Check that the number is on WhatsApp and that this account may write to it.`,
	);
}
