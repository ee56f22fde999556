interface Entry<T> {
	answer: Promise<T>;
	at: number;
}

/**
 * Answers of WhatsApp by what was asked for: parallel questions are one, and an answer is believed for
 * a while. Failures are not kept.
 */
export class AnswerCache<T> {
	private readonly entries = new Map<string, Entry<T>>();

	constructor(
		private readonly options: { maxAgeMs: number; maxEntries: number; now: () => number },
	) {}

	get(key: string, load: () => Promise<T>): Promise<T> {
		const { now, maxAgeMs } = this.options;
		const known = this.entries.get(key);
		if (known && now() - known.at < maxAgeMs) return known.answer;
		return this.keep(key, load());
	}

	put(key: string, answer: T): void {
		void this.keep(key, Promise.resolve(answer));
	}

	forget(key: string): void {
		this.entries.delete(key);
	}

	private keep(key: string, answer: Promise<T>): Promise<T> {
		const entry = { answer, at: this.options.now() };
		this.entries.delete(key);
		this.entries.set(key, entry);
		if (this.entries.size > this.options.maxEntries) {
			const oldest = this.entries.keys().next().value;
			if (oldest !== undefined) this.entries.delete(oldest);
		}
		answer.catch(() => {
			// A newer question may have taken its place.
			if (this.entries.get(key) === entry) this.entries.delete(key);
		});
		return answer;
	}
}
