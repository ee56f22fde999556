import { ApiError } from '../ApiError';

/** Whose work it is, and whether it is still wanted. */
export interface Turn {
	/** Id of an instance; work of one owner waits behind that owner's only. */
	owner: string;
	signal?: AbortSignal | undefined;
	/** What it takes of the counts; 1 unless given. It starts where anything is left, however heavy it is. */
	weight?: number;
}

interface Waiting {
	weight: number;
	start: () => void;
}

export interface FairTurnsOptions {
	/** How many run at a time. */
	count: number;
	/** How many of them may be of one owner. */
	perOwner?: number;
	/** How many of one owner may wait. */
	maxWaiting?: number;
}

/** Where it does not matter whose it is. */
export const ANYBODY: Turn = { owner: '' };

const HINT =
	'Too many files of this instance wait to be converted: wait until earlier ones have been sent.';

/**
 * Lets so many tasks run at a time. The owners of the others take turns, so that whoever brings a hundred
 * delays the first of anybody else by one; of one owner they run in the order they came.
 */
export class FairTurns {
	private readonly perOwner: number;
	private readonly maxWaiting: number;
	private free: number;
	private readonly running = new Map<string, number>();
	/** In the order in which the owners are asked. */
	private readonly waiting = new Map<string, Waiting[]>();

	constructor({ count, perOwner = count, maxWaiting = 100 }: FairTurnsOptions) {
		this.free = count;
		this.perOwner = perOwner;
		this.maxWaiting = maxWaiting;
	}

	/**
	 * Rejects with the signal's reason when it is aborted before its turn, and is not begun then; with
	 * `rate_limited` when too many of the owner wait already.
	 */
	async run<T>({ owner, signal, weight = 1 }: Turn, work: () => Promise<T>): Promise<T> {
		signal?.throwIfAborted();
		await this.take(owner, weight, signal);
		try {
			return await work();
		} finally {
			this.give(owner, weight);
		}
	}

	private async take(
		owner: string,
		weight: number,
		signal: AbortSignal | undefined,
	): Promise<void> {
		if (!this.waiting.has(owner) && this.mayStart(owner)) return this.occupy(owner, weight);
		const queue = this.waiting.get(owner) ?? [];
		if (queue.length >= this.maxWaiting) throw new ApiError('rate_limited', HINT);
		this.waiting.set(owner, queue);
		await new Promise<void>((resolve, reject) => {
			const leave = () => {
				this.remove(owner, entry);
				reject(signal?.reason as Error);
			};
			const entry: Waiting = {
				weight,
				start: () => {
					signal?.removeEventListener('abort', leave);
					resolve();
				},
			};
			queue.push(entry);
			signal?.addEventListener('abort', leave, { once: true });
		});
	}

	private give(owner: string, weight: number): void {
		this.free += weight;
		const left = (this.running.get(owner) ?? weight) - weight;
		if (left > 0) this.running.set(owner, left);
		else this.running.delete(owner);
		while (this.startNext());
	}

	/** The owner who had a turn goes to the end of the row. */
	private startNext(): boolean {
		for (const [owner, queue] of this.waiting) {
			const [next] = queue;
			if (!next || !this.mayStart(owner)) continue;
			this.remove(owner, next);
			if (this.waiting.delete(owner)) this.waiting.set(owner, queue);
			this.occupy(owner, next.weight);
			next.start();
			return true;
		}
		return false;
	}

	private mayStart(owner: string): boolean {
		return this.free > 0 && (this.running.get(owner) ?? 0) < this.perOwner;
	}

	private occupy(owner: string, weight: number): void {
		this.free -= weight;
		this.running.set(owner, (this.running.get(owner) ?? 0) + weight);
	}

	private remove(owner: string, entry: Waiting): void {
		const queue = this.waiting.get(owner) ?? [];
		queue.splice(queue.indexOf(entry), 1);
		if (queue.length === 0) this.waiting.delete(owner);
	}
}
