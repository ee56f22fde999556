import type { Database } from '../storage/Database';
import type { Statement } from '../storage/Statement';
import type { RawSocket } from './RawSocket';

/** What keeps changes of its own until a commit takes them: the key store and the credentials. */
export interface StagedState {
	takeStaged(): Statement[];
	committed(): void;
}

interface Batch {
	frames: Uint8Array[];
	announcements: Array<() => void>;
}

/**
 * The commit barrier at the wire: a frame leaves for WhatsApp only after everything that happened
 * before it (ratchet steps, credentials, journalled messages, outbox rows) is on disk. A crash leaves
 * either all of a message and its receipt, or neither, and then the server delivers it again to a
 * ratchet that has not moved. Commits are single-flight, so frames keep their order (Noise counts
 * them), and what gathers during one commit makes up the next.
 */
export class CommitBarrier {
	private frames: Uint8Array[] = [];
	private statements: Statement[] = [];
	private announcements: Array<() => void> = [];
	private waiters: Array<{ resolve: () => void; reject: (error: Error) => void }> = [];
	private isArmed = false;
	private isCommitting = false;
	private failure: Error | undefined;
	private isDiscarded = false;
	/** Resolves when the commit that was begun last has ended. */
	private lastCommit: Promise<void> = Promise.resolve();
	private sendFrame: (frame: Uint8Array) => void = () => undefined;

	constructor(
		private readonly database: Database,
		private readonly states: readonly StagedState[],
		private readonly onFailure: (error: Error) => void,
	) {}

	/**
	 * Holds the frames of a socket back until their turn's changes are on disk. The writer is told
	 * "sent" at once: otherwise Baileys would emit a message only after its receipt has left.
	 */
	guard(socket: RawSocket): void {
		const send = socket.send.bind(socket);
		// A closed socket reports the failure to this callback; its close is reported by the socket.
		this.sendFrame = (frame) => send(frame, () => undefined);
		socket.send = (frame, ...rest) => {
			const written = rest.find((argument) => typeof argument === 'function');
			if (this.failure) {
				written?.(this.failure);
				return;
			}
			this.frames.push(frame);
			written?.();
			this.arm();
		};
	}

	/** Adds rows to the next commit; `announce` is called once they are on disk. */
	stage(statements: readonly Statement[], announce?: () => void): void {
		if (this.failure) return;
		this.statements.push(...statements);
		if (announce) this.announcements.push(announce);
		this.arm();
	}

	/** Commits at the end of this turn of the event loop. To be called whenever a state has changed. */
	arm = (): void => {
		if (this.isArmed || this.isCommitting || this.failure) return;
		this.isArmed = true;
		setImmediate(this.commit);
	};

	/** Resolves once all that has been staged so far is on disk; rejects when it is not. */
	flush(): Promise<void> {
		if (this.failure) return Promise.reject(this.failure);
		return new Promise((resolve, reject) => {
			this.waiters.push({ resolve, reject });
			this.arm();
		});
	}

	/** Something could not be staged: nothing of it may leave. */
	abort(error: Error): void {
		if (!this.failure) this.fail(error);
	}

	/**
	 * The connection has ended in the middle of a message: its ratchet step is staged, the message is not,
	 * and without it the step must not be kept. Nothing of the batch has left; all of it comes again.
	 */
	discard(): void {
		if (this.failure) return;
		this.isDiscarded = true;
		this.failure = new Error('The connection has ended.');
		this.clear();
	}

	/**
	 * Commits what is staged, then takes nothing more: late changes of an ended connection are stale. Whatever
	 * becomes of that, no commit is under way when it is over: the next connection reads what is on disk.
	 */
	async close(): Promise<void> {
		if (this.isDiscarded) return await this.lastCommit;
		try {
			await this.flush();
		} finally {
			await this.lastCommit;
			this.failure ??= new Error('The connection has ended.');
		}
	}

	private readonly commit = (): void => {
		this.isArmed = false;
		if (this.isCommitting || this.failure) return;
		const statements = this.states.flatMap((state) => state.takeStaged());
		statements.push(...this.statements);
		const batch: Batch = { frames: this.frames, announcements: this.announcements };
		const waiters = this.waiters;
		this.statements = [];
		this.frames = [];
		this.announcements = [];
		this.waiters = [];
		if (statements.length === 0) {
			this.release(batch);
			for (const waiter of waiters) waiter.resolve();
			return;
		}
		this.isCommitting = true;
		this.lastCommit = this.database.write(statements).then(
			() => {
				for (const state of this.states) state.committed();
				this.release(batch);
				for (const waiter of waiters) waiter.resolve();
				this.isCommitting = false;
				this.arm();
			},
			(error: Error) => {
				this.fail(error);
				for (const waiter of waiters) waiter.reject(error);
			},
		);
	};

	private release({ frames, announcements }: Batch): void {
		for (const frame of frames) this.sendFrame(frame);
		for (const announce of announcements) announce();
	}

	/** Memory is ahead of the disk now: nothing leaves any more, and everything is read again. */
	private fail(error: Error): void {
		this.failure = error;
		this.clear();
		this.onFailure(error);
	}

	private clear(): void {
		this.frames = [];
		this.statements = [];
		this.announcements = [];
		for (const waiter of this.waiters.splice(0)) {
			waiter.reject(this.failure ?? new Error('The connection has ended.'));
		}
	}
}
