/** Lets so many conversions run at a time; the others wait in the order they came. */
export class ConversionSlots {
	private free: number;
	private readonly waiting: Array<() => void> = [];

	constructor(count: number) {
		this.free = count;
	}

	/** Rejects with the signal's reason when it is aborted before its turn. */
	async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
		await this.take();
		try {
			signal?.throwIfAborted();
			return await work();
		} finally {
			this.give();
		}
	}

	private async take(): Promise<void> {
		if (this.free > 0) this.free--;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	private give(): void {
		const next = this.waiting.shift();
		if (next) next();
		else this.free++;
	}
}
