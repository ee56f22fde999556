import type { Figures } from './Scenario';
import type { Measure } from './Stage';

const MB = 1024 * 1024;
/** Code that has been compiled since, caches that are full now: not a leak, but it must end there. */
const MAX_HEAP_GROWTH_MB = 24;
/** Compiled code, and what the C library does not give back. V8 has given back what it held: see `probe.mts`. */
const MAX_RSS_GROWTH_MB = 96;

const toMb = (bytes: number): number => Math.round(bytes / MB);

/** Throws if the process has not come back to where it was. */
export function toMemoryFigures(before: Measure, after: Measure): Figures {
	const heap = `${toMb(before.heapUsed)} → ${toMb(after.heapUsed)} MB`;
	const rss = `${toMb(before.rss)} → ${toMb(after.rss)} MB`;
	if (toMb(after.heapUsed - before.heapUsed) > MAX_HEAP_GROWTH_MB) {
		throw new Error(`The heap has grown: ${heap}`);
	}
	if (toMb(after.rss - before.rss) > MAX_RSS_GROWTH_MB) throw new Error(`RSS has grown: ${rss}`);
	return { heap, rss };
}
