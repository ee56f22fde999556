import type { Outgoing, PreparedMessage } from '../../messages/Outgoing';
import type { Statement } from '../../storage/Statement';
import type { SendOutcome } from '../SessionPort';
import type { Sender } from './Sender';

/** Makes the rows of a message: all of them, or what has changed since. */
export interface ToRows {
	insert: (outgoing: Outgoing, prepared: PreparedMessage) => Statement[];
	update: (outgoing: Outgoing) => Statement[];
}

/** A message between the call that wants it sent and WhatsApp's word on it. */
export class PendingSend {
	/** What the caller is told. */
	readonly outcome: Promise<SendOutcome>;
	/** The connection that has taken it last. */
	handedTo: Sender | undefined;
	/** So often sending it has failed in a way that may pass. */
	unanswered = 0;
	/** When it may leave (Unix milliseconds). */
	dueAt = 0;
	/** It is on disk, perhaps not as it stands now. */
	isStored = false;
	/** Its rows are part of a commit that it leaves with: whether they get to disk is decided there. */
	isLeaving = false;
	/** It was handed to a connection before, perhaps by an earlier run. */
	mayHaveLeft = false;
	/** The last attempt to store it. */
	storing: Promise<unknown> | undefined;
	private readonly settler = Promise.withResolvers<SendOutcome>();
	private current: Outgoing | undefined;
	private prepared: PreparedMessage | undefined;
	private inserts: Statement[] | undefined;
	private isChanged = false;
	private waitedMs = 0;
	/** How long it had to wait when `dueAt` was set. */
	private waitMs = 0;

	constructor(
		readonly messageId: string,
		/** What it keeps its order with. */
		readonly lane: string,
		readonly idempotency?: { key: string; bodyHash: string },
	) {
		this.outcome = this.settler.promise;
		// Nobody may be waiting by the time it fails.
		this.outcome.catch(() => undefined);
	}

	/** One of the queue, from the disk. */
	static ofRow(
		outgoing: Outgoing,
		{ lane, dueAt, waitMs }: { lane: string; dueAt: number; waitMs: number },
	): PendingSend {
		const pending = new PendingSend(outgoing.messageId, lane);
		pending.current = outgoing;
		pending.dueAt = dueAt;
		pending.waitMs = waitMs;
		pending.isStored = true;
		pending.mayHaveLeft = true;
		return pending;
	}

	/** Its content is there, and it waits for its time. */
	begin(
		prepared: PreparedMessage,
		{
			dueAt,
			waitMs,
			...rest
		}: Pick<Outgoing, 'jid' | 'isChecked' | 'typingMs'> & { dueAt: number; waitMs: number },
	): void {
		this.prepared = prepared;
		this.dueAt = dueAt;
		this.waitMs = waitMs;
		this.waitedMs = waitMs + rest.typingMs;
		const { content, upload = null } = prepared;
		this.current = { messageId: this.messageId, content, upload, refusedName: null, ...rest };
	}

	/** WhatsApp refuses this name of its recipient: it leaves once more, without showing "typing…" again. */
	readdress(refusedName: string): void {
		this.current = { ...this.outgoing, refusedName, typingMs: 0 };
		this.handedTo = undefined;
	}

	/** Never longer than at first, though the clock may have been set back since. */
	remainingMs(nowMs: number): number {
		return Math.min(this.dueAt - nowMs, this.waitMs);
	}

	/** Whether it is more than a promise to send something. */
	get isReady(): boolean {
		return this.current !== undefined;
	}

	get outgoing(): Outgoing {
		if (!this.current) throw new Error('The message is not prepared yet.');
		return this.current;
	}

	/** What a person would be seen doing before it comes. */
	get typingState(): 'composing' | 'recording' {
		const isVoice = (this.prepared?.type ?? this.current?.upload?.kind) === 'voice';
		return isVoice ? 'recording' : 'composing';
	}

	/** Its file is uploaded, or it goes to another JID. Not once it may have left. */
	change(outgoing: Outgoing): void {
		this.current = outgoing;
		this.isChanged = true;
	}

	/**
	 * Rows that bring the disk up to date, whether or not those given before have got there. Inserting
	 * what is there already does nothing, so a change is always an update as well.
	 */
	rows({ insert, update }: ToRows): readonly Statement[] {
		if (!this.isStored && this.prepared && !this.inserts) {
			this.isChanged = false;
			this.inserts = insert(this.outgoing, this.prepared);
		}
		const inserts = this.isStored ? undefined : this.inserts;
		return [...(inserts ?? []), ...(this.isChanged ? update(this.outgoing) : [])];
	}

	/** This is on disk now; it may have changed since. */
	stored(outgoing: Outgoing): void {
		this.isStored = true;
		this.isLeaving = false;
		if (this.current === outgoing) this.isChanged = false;
	}

	resolve(state: SendOutcome['state']): void {
		const { messageId, waitedMs } = this;
		this.settler.resolve({ messageId, jid: this.outgoing.jid, state, waitedMs });
	}

	reject(error: unknown): void {
		this.settler.reject(error);
	}
}
