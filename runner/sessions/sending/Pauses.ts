import type { Clock } from '../../Clock';

/** Times of waiting that can all be ended at once. */
export class Pauses {
	private readonly waiting = new Set<() => void>();

	constructor(private readonly clock: Clock) {}

	/** Whether that time has passed; false as soon as `endAll` is called. */
	async wait(durationMs: number): Promise<boolean> {
		if (durationMs <= 0) return true;
		const { promise, resolve } = Promise.withResolvers<boolean>();
		const timer = this.clock.setTimer(() => resolve(true), durationMs);
		const end = () => resolve(false);
		this.waiting.add(end);
		const hasPassed = await promise;
		timer.cancel();
		this.waiting.delete(end);
		return hasPassed;
	}

	endAll(): void {
		for (const end of this.waiting) end();
	}
}
