import { ApiError } from '../../ApiError';
import type { Clock } from '../../Clock';
import type { Outgoing, PreparedMessage } from '../../messages/Outgoing';
import type { SendOutcome } from '../SessionPort';
import { ChatLanes } from './ChatLanes';
import { Dispatcher } from './Dispatcher';
import type { Pacer } from './Pacer';
import { PendingSend } from './PendingSend';
import { QueueStore, type QueueStoreOptions } from './QueueStore';
import type { RecipientCheck, Sender } from './Sender';
import { readOutcome } from './readOutcome';
import type { Idempotency, Submission } from './Submission';
import { toLane } from './toLane';
import { toRefusal } from './toRefusal';
import { toTypingMs } from './toTypingMs';

/** How long a caller waits for WhatsApp's acceptance before the answer is "queued". */
const ACCEPTANCE_TIMEOUT_MS = 20_000;
/** How soon a caller whose message is just leaving is thought of again. */
const LEAVING_PAUSE_MS = 1_000;
/** A queue that would take longer than this has something wrong with it. */
const MAX_PACE_MS = 6 * 3_600_000;

interface SendQueueOptions extends QueueStoreOptions {
	recipients: RecipientCheck;
	pacer: Pacer;
	/** The time by which an Idempotency-Key expires; the clock's unless given. */
	expiry?: Pick<Clock, 'now'>;
	createMessageId: () => string;
}

/**
 * Sends each message once WhatsApp can be reached, and again with the same id (which phones recognise)
 * until its server has acknowledged it. The row of a message is on disk before the message leaves.
 */
export class SendQueue {
	private readonly pending = new Map<string, PendingSend>();
	private readonly pendingByKey = new Map<string, PendingSend>();
	private readonly lanes = new ChatLanes();
	private readonly disk: QueueStore;
	private readonly dispatcher: Dispatcher;
	private sender: Sender | undefined;

	constructor(private readonly options: SendQueueOptions) {
		this.disk = new QueueStore(options);
		this.dispatcher = new Dispatcher({
			clock: options.clock,
			recipients: options.recipients,
			sender: () => this.sender,
			isWanted: ({ messageId }) => this.pending.has(messageId),
			queue: {
				store: (pending) => this.store(pending),
				refuse: ({ messageId }, reason) => this.refuse(messageId, reason),
				fail: (pending, error) => this.fail(pending, error),
				departureOf: (pending) =>
					this.disk.departureOf(pending, () => this.pending.has(pending.messageId)),
			},
		});
	}

	async submit(submission: Submission): Promise<SendOutcome> {
		const { jid, idempotency } = submission;
		const earlier = idempotency && this.findEarlier(idempotency);
		if (earlier) return await earlier;
		const pending = new PendingSend(
			this.options.createMessageId(),
			this.laneOf(jid),
			...(idempotency ? [idempotency] : []),
		);
		this.add(pending);
		void this.begin(pending, submission);
		return await pending.outcome;
	}

	/** The connection is open: what was not acknowledged goes out again, first and in its old order. */
	attach(sender: Sender): void {
		this.sender = sender;
		const { repository, instanceId } = this.options;
		const { waiting, damaged } = repository.read(instanceId);
		for (const messageId of damaged) {
			if (!this.pending.has(messageId)) void this.refuse(messageId, 'damaged');
		}
		for (const outgoing of waiting) {
			if (!this.pending.has(outgoing.messageId)) this.addRow(outgoing);
		}
		// What is not stored yet came later than all that is.
		const inOrder = new Set([...waiting.map(({ messageId }) => messageId), ...this.pending.keys()]);
		for (const messageId of inOrder) {
			const pending = this.pending.get(messageId);
			if (pending?.isReady) this.enqueue(pending);
		}
		// Those that are late in their lanes would hold up the others, which are due.
		this.dispatcher.stopWaiting();
	}

	/** The connection has ended: what it did not get to commit is stored now. */
	async detach(): Promise<void> {
		this.sender = undefined;
		// The commits of the connection have ended, one way or the other.
		for (const pending of this.pending.values()) pending.isLeaving = false;
		const ready = [...this.pending.values()].filter(({ isReady }) => isReady);
		await Promise.all(ready.map((pending) => this.store(pending)));
	}

	/** The runner stops: what is stored will be sent by the next one, and callers need not wait for it. */
	async release(): Promise<void> {
		const all = [...this.pending.values()];
		await Promise.all(
			all.map(async (pending) => {
				if (!pending.isReady) this.fail(pending, new ApiError('runner_stopping'));
				else if (await this.store(pending)) pending.resolve('queued');
				else this.fail(pending, new ApiError('runner_stopping'));
			}),
		);
		for (const pending of all) this.forget(pending);
		this.dispatcher.stopWaiting();
	}

	/** WhatsApp's word on a message, already on disk. */
	settle(messageId: string, refusal: string | null): void {
		const pending = this.pending.get(messageId);
		if (!pending) return;
		if (refusal === null) {
			this.forget(pending);
			pending.resolve('sent');
		} else {
			this.fail(pending, toRefusal(refusal));
		}
	}

	/** WhatsApp refuses a message under this name of its recipient: it goes out once more, under the other one. */
	readdress(messageId: string, refusedName: string): void {
		const pending = this.pending.get(messageId);
		if (!pending) return;
		pending.readdress(refusedName);
		this.enqueue(pending);
	}

	/** The account is gone: nothing of this may leave from another one. */
	async abandon(): Promise<void> {
		for (const pending of this.pending.values()) {
			if (!pending.isReady) this.fail(pending, toRefusal('logged_out'));
		}
		await this.detach();
		const { repository, instanceId } = this.options;
		for (const messageId of repository.ids(instanceId)) {
			await this.refuse(messageId, 'logged_out');
		}
		this.dispatcher.stopWaiting();
	}

	private async begin(pending: PendingSend, submission: Submission): Promise<void> {
		let waitMs: number;
		try {
			const prepared = await submission.prepare();
			// The account may have gone, or the runner stopped, while a file was fetched.
			if (!this.pending.has(pending.messageId)) return;
			const { jid, isChecked } = this.findRecipient(submission.jid);
			const typingMs = submission.typing ? toTypingMs(prepared) : 0;
			const dueAt = this.reserve(prepared);
			waitMs = Math.max(0, dueAt - this.options.clock.now());
			pending.begin(prepared, { jid, isChecked, typingMs, dueAt, waitMs });
		} catch (error) {
			this.fail(pending, error);
			return;
		}
		this.enqueue(pending);
		this.answerInTime(pending, waitMs);
	}

	/** When it may leave. Changes of earlier messages are not held back. */
	private reserve({ type }: PreparedMessage): number {
		const { pacer, clock } = this.options;
		if (type === 'edit' || type === 'delete') return clock.now();
		const dueAt = pacer.reserve(MAX_PACE_MS);
		if (dueAt !== undefined) return dueAt;
		throw new ApiError(
			'rate_limited',
			'More messages wait already than this instance may send in six hours. Wait, or raise its pace.',
		);
	}

	private findRecipient(jid: string): { jid: string; isChecked: boolean } {
		if (!jid.endsWith('@s.whatsapp.net')) return { jid, isChecked: true };
		const known = this.options.recipients.known(jid);
		if (!known) return { jid, isChecked: false };
		if (!known.exists) throw new ApiError('not_on_whatsapp');
		return { jid: known.jid ?? jid, isChecked: true };
	}

	private laneOf(jid: string): string {
		return toLane(jid, this.options.phoneOfLid);
	}

	private addRow(outgoing: Outgoing): PendingSend {
		const { pacer, clock } = this.options;
		const now = clock.now();
		const dueAt = pacer.reserve() ?? now;
		const place = { lane: this.laneOf(outgoing.jid), dueAt, waitMs: dueAt - now };
		const pending = PendingSend.ofRow(outgoing, place);
		this.add(pending);
		return pending;
	}

	private add(pending: PendingSend): void {
		this.pending.set(pending.messageId, pending);
		if (pending.idempotency) this.pendingByKey.set(pending.idempotency.key, pending);
	}

	private enqueue(pending: PendingSend): void {
		const { sender } = this;
		this.lanes.run(pending.lane, async () => {
			// A connection that has opened since has been given everything again, in its old order.
			const isOutdated = this.sender !== undefined && this.sender !== sender;
			if (!isOutdated) await this.dispatcher.dispatch(pending);
		});
	}

	/** What became of an earlier call with this key; throws `idempotency_conflict` for another body. */
	private findEarlier(given: Idempotency): Promise<SendOutcome> | undefined {
		const { repository, instanceId, clock, expiry = clock } = this.options;
		const inMemory = this.pendingByKey.get(given.key);
		const stored = inMemory ? undefined : repository.findByKey(instanceId, given.key, expiry.now());
		const bodyHash = inMemory?.idempotency?.bodyHash ?? stored?.bodyHash;
		if (bodyHash === undefined) return undefined;
		if (bodyHash !== given.bodyHash) throw new ApiError('idempotency_conflict');
		if (inMemory) return inMemory.outcome;
		return stored && Promise.resolve(readOutcome(this.options.journal, stored.messageId));
	}

	/** What waits is on disk. A caller hears "queued" after a while, at once if it will take longer. */
	private answerInTime(pending: PendingSend, waitMs: number): void {
		if (waitMs > ACCEPTANCE_TIMEOUT_MS) {
			void this.answerQueued(pending);
			return;
		}
		if (waitMs > 0) void this.storeInOrder(pending);
		this.answerAfter(ACCEPTANCE_TIMEOUT_MS, pending);
	}

	private answerAfter(delayMs: number, pending: PendingSend): void {
		const timer = this.options.clock.setTimer(() => void this.answerQueued(pending), delayMs);
		const settled = () => timer.cancel();
		pending.outcome.then(settled, settled);
	}

	private async answerQueued(pending: PendingSend): Promise<void> {
		if (await this.storeInOrder(pending)) pending.resolve('queued');
		// It is leaving at this moment: what becomes of that is the answer.
		else if (this.pending.has(pending.messageId)) this.answerAfter(LEAVING_PAUSE_MS, pending);
	}

	/** A message must not be on disk before those of its chat that it follows. */
	private storeInOrder(pending: PendingSend): Promise<boolean> {
		for (const other of this.pending.values()) {
			if (other === pending) break;
			const isBefore = other.lane === pending.lane && other.isReady && !other.isStored;
			if (isBefore) void this.store(other);
		}
		return this.store(pending);
	}

	/** False when it could not be stored, and has failed unless it is leaving. */
	private async store(pending: PendingSend): Promise<boolean> {
		const isStored = await this.disk.store(pending);
		if (!isStored && !pending.isLeaving) {
			this.fail(pending, new ApiError('storage_unavailable'));
		}
		return isStored;
	}

	private async refuse(messageId: string, reason: string): Promise<void> {
		const pending = this.pending.get(messageId);
		try {
			await this.disk.refuse(messageId, reason, pending);
			this.settle(messageId, reason);
		} catch {
			if (pending) this.fail(pending, new ApiError('storage_unavailable'));
		}
	}

	private fail(pending: PendingSend, error: unknown): void {
		this.forget(pending);
		pending.reject(error);
	}

	private forget(pending: PendingSend): void {
		this.pending.delete(pending.messageId);
		if (pending.idempotency) this.pendingByKey.delete(pending.idempotency.key);
	}
}
