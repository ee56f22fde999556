/** How long and how large a soak is. */
export interface SoakPlan {
	readonly sessions: number;
	readonly minutes: number;
	/** Texts and files that come in, and calls that go out, per second over all sessions. */
	readonly perSecond: number;
	/** Seconds between two losses of all connections at once. */
	readonly stormEveryS: number;
	readonly seed: number;
	/** How much the heap may grow, in MB per hour. */
	readonly maxHeapMbPerHour: number;
	/** Prints every so many seconds. */
	readonly reportEveryS: number;
}

/**
 * At 40 messages a second, 144,000 an hour, these are 140 bytes for each: whatever is kept of every message
 * is more than that. Per reconnect of 200 sessions every 150 s it is 4 KB. The collector's own noise over a
 * quarter of an hour stays below it.
 */
const MAX_HEAP_MB_PER_HOUR = 20;

/** `AWW_SOAK_*`; throws an error that names what is wrong. */
export function readSoakPlan(env: NodeJS.ProcessEnv): SoakPlan {
	const read = (name: string, otherwise: number): number => {
		const text = env[`AWW_SOAK_${name}`];
		if (text === undefined || text === '') return otherwise;
		const value = Number(text);
		if (value > 0 && Number.isFinite(value)) return value;
		throw new Error(`AWW_SOAK_${name} is a number above 0`);
	};
	return {
		sessions: Math.round(read('SESSIONS', 200)),
		minutes: read('MINUTES', 20),
		perSecond: read('PER_SECOND', 40),
		stormEveryS: read('STORM_EVERY_S', 150),
		seed: Math.round(read('SEED', Date.now() % 1_000_000)),
		maxHeapMbPerHour: read('MAX_HEAP_MB_PER_HOUR', MAX_HEAP_MB_PER_HOUR),
		reportEveryS: read('REPORT_EVERY_S', 60),
	};
}
