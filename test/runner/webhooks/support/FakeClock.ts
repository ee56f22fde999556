import type { Clock, Timer } from '../../../../runner/Clock';

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
	private readonly timers = new Set<{ at: number; callback: () => void }>();

	constructor(private nowMs = Date.UTC(2026, 0, 1)) {}

	now(): number {
		return this.nowMs;
	}

	setTimer(callback: () => void, delayMs: number): Timer {
		const timer = { at: this.nowMs + Math.max(0, delayMs), callback };
		this.timers.add(timer);
		return { cancel: () => this.timers.delete(timer) };
	}

	/** Somebody sets it; timers come when they would have come. */
	set(byMs: number): void {
		this.nowMs += byMs;
		for (const timer of this.timers) timer.at += byMs;
	}

	get pendingTimers(): number {
		return this.timers.size;
	}

	/** Moves on and calls back, in order, what is due. */
	advance(ms: number): void {
		const target = this.nowMs + ms;
		for (;;) {
			const due = [...this.timers].filter(({ at }) => at <= target).sort((a, b) => a.at - b.at)[0];
			if (!due) break;
			this.timers.delete(due);
			this.nowMs = Math.max(this.nowMs, due.at);
			due.callback();
		}
		this.nowMs = target;
	}
}
