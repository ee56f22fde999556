export interface Timer {
	cancel(): void;
}

/** Time as an argument, so that a schedule of days can be tested in milliseconds. */
export interface Clock {
	/** Unix milliseconds. */
	now(): number;
	/** Calls back once, no sooner than `delayMs` from now. */
	setTimer(callback: () => void, delayMs: number): Timer;
}

/** `setTimeout` takes 32 bits; what is longer would fire at once. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** The machine's clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
	now: () => Date.now(),
	setTimer(callback, delayMs) {
		let timeout: NodeJS.Timeout;
		const arm = (remainingMs: number) => {
			const stepMs = Math.min(Math.max(remainingMs, 0), MAX_DELAY_MS);
			timeout = setTimeout(() => {
				if (remainingMs > stepMs) arm(remainingMs - stepMs);
				else callback();
			}, stepMs);
			timeout.unref();
		};
		arm(delayMs);
		return { cancel: () => clearTimeout(timeout) };
	},
};
