interface Due<T> {
	dueAt: number;
	item: T;
}

/** Items by the time they are due, earliest first: a binary heap. Times are Unix milliseconds. */
export class DueQueue<T> {
	private readonly heap: Array<Due<T>> = [];

	/** Infinity when it is empty. */
	get nextDueAt(): number {
		return this.heap[0]?.dueAt ?? Infinity;
	}

	push(item: T, dueAt: number): void {
		const { heap } = this;
		const entry = { dueAt, item };
		let index = heap.length;
		while (index > 0) {
			const parentIndex = (index - 1) >> 1;
			const parent = heap[parentIndex];
			if (!parent || parent.dueAt <= dueAt) break;
			heap[index] = parent;
			index = parentIndex;
		}
		heap[index] = entry;
	}

	/** Takes out the earliest item if it is due. */
	takeDue(nowMs: number): T | undefined {
		const first = this.heap[0];
		if (!first || first.dueAt > nowMs) return undefined;
		const last = this.heap.pop();
		if (last && last !== first) this.sink(last);
		return first.item;
	}

	private sink(entry: Due<T>): void {
		const { heap } = this;
		let index = 0;
		for (;;) {
			let childIndex = 2 * index + 1;
			let child = heap[childIndex];
			const right = heap[childIndex + 1];
			if (right && child && right.dueAt < child.dueAt) {
				childIndex += 1;
				child = right;
			}
			if (!child || child.dueAt >= entry.dueAt) break;
			heap[index] = child;
			index = childIndex;
		}
		heap[index] = entry;
	}
}
