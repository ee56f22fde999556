import type { Clock, Timer } from './Clock';

const INTERVAL_MS = 1_000;
/** Clocks are slewed by fractions of a second all the time; that is no jump. */
const TOLERANCE_MS = 2_000;

/**
 * Notices when the machine's clock is set back: what was put off until a time by the old clock would
 * else wait for that time to come again. Time that is skipped is not its business: what waits is late.
 */
export class ClockWatch {
	private timer: Timer | undefined;

	constructor(
		private readonly clock: Clock,
		/** By how much, in milliseconds. */
		private readonly onSetBack: (byMs: number) => void,
	) {}

	start(): void {
		const expectedAt = this.clock.now() + INTERVAL_MS;
		this.timer = this.clock.setTimer(() => {
			const byMs = expectedAt - this.clock.now();
			this.start();
			if (byMs > TOLERANCE_MS) this.onSetBack(byMs);
		}, INTERVAL_MS);
	}

	stop(): void {
		this.timer?.cancel();
	}
}
