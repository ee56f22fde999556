/** Runs tasks one after the other, in the order they were given. A failed one does not stop the next. */
export class Turns {
	private last: Promise<unknown> = Promise.resolve();

	/** Runs `task` when all earlier ones are done. */
	take<T>(task: () => Promise<T> | T): Promise<T> {
		const mine = this.last.then(task, task);
		this.last = mine.catch(() => undefined);
		return mine;
	}
}
