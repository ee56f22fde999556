import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock, Timer } from '../Clock';

const RESOLUTION_MS = 20;
const WINDOW_MS = 10_000;
const NS_PER_MS = 1e6;

/** How late the event loop is: everything the runner does waits for it. */
export class EventLoopWatch {
	private readonly delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
	private lastWindowMs = 0;
	private timer: Timer | undefined;

	constructor(private readonly clock: Clock) {}

	start(): void {
		this.delays.enable();
		this.arm();
	}

	stop(): void {
		this.timer?.cancel();
		this.delays.disable();
	}

	/** The 99th percentile of the last 10 to 20 s, in milliseconds. */
	lagMs(): number {
		return Math.max(this.lastWindowMs, this.toLagMs());
	}

	private arm(): void {
		this.timer = this.clock.setTimer(() => {
			this.lastWindowMs = this.toLagMs();
			this.delays.reset();
			this.arm();
		}, WINDOW_MS);
	}

	/** Its own pause between two looks counts as delay. */
	private toLagMs(): number {
		return Math.max(0, this.delays.percentile(99) / NS_PER_MS - RESOLUTION_MS);
	}
}
