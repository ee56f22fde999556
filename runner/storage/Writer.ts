import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SealingKeys } from './encryption/Sealer';
import type { SqlValue, Statement } from './Statement';
import { StorageError } from './StorageError';
import type { WriteReply, WriterData, WriteRequest } from './WriterProtocol';

interface PendingBatch {
	statements: readonly Statement[];
	resolve: () => void;
	reject: (error: Error) => void;
}

/** How long a write that nobody waits for may wait for company: each fsync holds up the next message. */
const LAZY_DELAY_MS = 250;

/** While developing: Node wonders at each start whether a .ts file is a module. */
const FROM_SOURCE = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'];

/**
 * Writes batches of statements, each of them atomically, in the order given. While the disk is busy
 * with one group the next gathers, so many sessions share one fsync.
 */
export class Writer {
	private readonly worker: Worker;
	private readonly statementIndex = new Map<string, number>();
	private newStatements: string[] = [];
	private waiting: PendingBatch[] = [];
	private inFlight: PendingBatch[] | undefined;
	private lazyTimer: NodeJS.Timeout | undefined;
	private failure: StorageError | undefined;
	private idleListeners: Array<() => void> = [];

	private newSealing: SealingKeys | undefined;

	constructor(
		private readonly file: string,
		sealing: SealingKeys,
	) {
		const workerData: WriterData = { file, sealing };
		this.worker =
			extname(__filename) === '.ts'
				? new Worker(join(__dirname, 'writerThread.mts'), { workerData, execArgv: FROM_SOURCE })
				: new Worker(join(__dirname, 'writerThread.mjs'), { workerData });
		this.worker.on('message', (reply: WriteReply) => this.settle(reply));
		this.worker.on('error', (error: Error) => this.fail(error));
		this.worker.on('exit', () => this.fail(new Error('the writer thread has ended')));
	}

	/** Resolves once the batch is on disk; rejects with a StorageError when none of it is. */
	write(statements: readonly Statement[]): Promise<void> {
		return new Promise((resolve, reject) => {
			this.enqueue({ statements, resolve, reject });
			if (!this.inFlight) this.flush();
		});
	}

	/** For what may be lost in a crash (it is found out again): goes along with the next group. */
	writeLazily(statements: readonly Statement[], onError: (error: Error) => void): void {
		this.enqueue({ statements, resolve: () => undefined, reject: onError });
		if (this.inFlight || this.lazyTimer) return;
		this.lazyTimer = setTimeout(() => this.flush(), LAZY_DELAY_MS);
	}

	/** What is written from now on is sealed with the active one of these. */
	useKeys(sealing: SealingKeys): void {
		this.newSealing = sealing;
	}

	/** Throws what has ended the thread, if anything has. */
	assertUsable(): void {
		if (this.failure) throw this.failure;
	}

	/** Writes what is waiting, then ends the thread. */
	async close(): Promise<void> {
		if (!this.inFlight) this.flush();
		if (this.inFlight) await new Promise<void>((resolve) => this.idleListeners.push(resolve));
		this.failure ??= new StorageError(`The database ${this.file} is closed.`);
		await this.worker.terminate();
	}

	private enqueue(batch: PendingBatch): void {
		if (this.failure) {
			const failure = this.failure;
			queueMicrotask(() => batch.reject(failure));
			return;
		}
		this.waiting.push(batch);
	}

	private flush(): void {
		clearTimeout(this.lazyTimer);
		this.lazyTimer = undefined;
		if (this.failure || this.waiting.length === 0) return;
		this.inFlight = this.waiting;
		this.waiting = [];
		const batches: WriteRequest['batches'] = this.inFlight.map(({ statements }) =>
			statements.map(({ sql, params }) => [this.indexOf(sql), params.map(withoutSlab)]),
		);
		const { newStatements, newSealing: sealing } = this;
		this.worker.postMessage({ newStatements, batches, sealing } satisfies WriteRequest);
		this.newStatements = [];
		this.newSealing = undefined;
	}

	private indexOf(sql: string): number {
		const known = this.statementIndex.get(sql);
		if (known !== undefined) return known;
		const index = this.statementIndex.size;
		this.statementIndex.set(sql, index);
		this.newStatements.push(sql);
		return index;
	}

	private settle({ errors }: WriteReply): void {
		const settled = this.inFlight ?? [];
		this.inFlight = undefined;
		settled.forEach((batch, index) => {
			const error = errors[index];
			if (error === null || error === undefined) batch.resolve();
			else batch.reject(new StorageError(`Cannot write to ${this.file}: ${error}.`));
		});
		this.flush();
		if (!this.inFlight) for (const listener of this.idleListeners.splice(0)) listener();
	}

	/** The thread is gone: nothing can be written any more, and everybody who waits is told. */
	private fail(cause: Error): void {
		this.failure ??= new StorageError(`Cannot write to ${this.file}: ${cause.message}.`);
		clearTimeout(this.lazyTimer);
		const failure = this.failure;
		for (const batch of [...(this.inFlight ?? []), ...this.waiting]) batch.reject(failure);
		this.inFlight = undefined;
		this.waiting = [];
		for (const listener of this.idleListeners.splice(0)) listener();
	}
}

/**
 * Bytes are often a few of a slab that Node keeps for small buffers, and the whole slab would be copied
 * to the other thread: 64 KB for each message.
 */
function withoutSlab(value: SqlValue): SqlValue {
	if (!ArrayBuffer.isView(value) || value.byteLength === value.buffer.byteLength) return value;
	return new Uint8Array(value);
}
