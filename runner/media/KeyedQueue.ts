/** Tasks of one key run one after the other, those of different keys side by side. */
export class KeyedQueue {
	private readonly tails = new Map<string, Promise<unknown>>();

	run<T>(key: string, task: () => Promise<T>): Promise<T> {
		const result = (this.tails.get(key) ?? Promise.resolve()).then(task);
		const tail = result
			.catch(() => undefined)
			.then(() => {
				if (this.tails.get(key) === tail) this.tails.delete(key);
			});
		this.tails.set(key, tail);
		return result;
	}
}
