import type { SoakPlan } from './readSoakPlan';
import type { Soak, SoakSample } from './Soak';
import { toSlope } from './toSlope';

const MB = 1024 * 1024;
/** What is loaded, compiled and cached in the first part of a soak is not what is looked for. */
const WARM_UP = 0.3;
/** A slope over less says more about the garbage collector than about the runner. */
const MIN_MINUTES = 5;

/** MB per hour. */
export interface Slopes {
	heap: { slope: number; error: number };
	rss: { slope: number; error: number };
	/** Minutes they were taken over. */
	minutes: number;
}

/**
 * How fast memory has grown since the warm-up, by the least of each minute: what is in use for a moment, as
 * by a message on its way, comes on top of what is kept.
 */
export function toSlopes(samples: readonly SoakSample[], plannedMinutes: number): Slopes {
	const fromS = plannedMinutes * 60 * WARM_UP;
	const counted = samples.filter(({ atS }) => atS >= fromS);
	const over = (read: (sample: SoakSample) => number) =>
		toSlope(
			toLeastPerMinute(counted, read).map((sample) => ({
				x: sample.atS / 3600,
				y: read(sample) / MB,
			})),
		);
	const minutes = ((counted.at(-1)?.atS ?? 0) - (counted[0]?.atS ?? 0)) / 60;
	return {
		heap: over(({ heapUsed }) => heapUsed),
		rss: over(({ rss }) => rss),
		minutes,
	};
}

function toLeastPerMinute(
	samples: readonly SoakSample[],
	read: (sample: SoakSample) => number,
): SoakSample[] {
	const least = new Map<number, SoakSample>();
	for (const sample of samples) {
		const minute = Math.floor(sample.atS / 60);
		const known = least.get(minute);
		if (!known || read(sample) < read(known)) least.set(minute, sample);
	}
	return [...least.values()];
}

/** A promise, what was seen of it, and whether it was kept. */
export interface Verdict {
	title: string;
	isKept: boolean;
	detail: string;
}

/** One line for each promise of a soak. */
export function toVerdicts(soak: Soak, plan: SoakPlan): Verdict[] {
	const { inbound, outbound, simulator, accounts, runner, reconnects, storms } = soak;
	const { retryReceipts, nacks, decryptErrors, duplicates, registrations } = simulator.counters;
	const { heap, minutes } = toSlopes(soak.samples, plan.minutes);
	const isLong = minutes >= MIN_MINUTES;
	const refusals = Object.values(nacks).reduce((sum, count) => sum + count, 0);
	const online = soak.samples.at(-1)?.online ?? 0;
	const verdict = (title: string, isKept: boolean, detail: string): Verdict => ({
		title,
		isKept,
		detail,
	});
	return [
		verdict(
			'every message that came reached the receiver',
			inbound.open === 0,
			`${inbound.tally.arrived} of ${inbound.tally.sent}`,
		),
		verdict(
			'every message that was promised reached its readers',
			outbound.open === 0,
			`${outbound.tally.arrived} of ${outbound.tally.sent}`,
		),
		verdict(
			'nothing came twice but under the same eventId',
			// Contacts recognise what is sent again by its id: that is no second message.
			inbound.tally.duplicated + outbound.tally.duplicated === 0,
			`${inbound.tally.repeated} repeated, ${duplicates} sent again under their id, ${inbound.tally.duplicated + outbound.tally.duplicated} duplicated`,
		),
		verdict(
			'nothing arrived that was refused or never sent',
			inbound.tally.unasked + outbound.tally.unasked === 0,
			`${inbound.tally.unasked + outbound.tally.unasked}, and ${outbound.tally.unanswered} whose calls got no answer`,
		),
		verdict(
			'the order of every chat was kept',
			inbound.tally.outOfOrder + outbound.tally.outOfOrder === 0,
			`${inbound.tally.outOfOrder} in, ${outbound.tally.outOfOrder} out of order`,
		),
		verdict(
			'everything could be decrypted, on both sides',
			retryReceipts + decryptErrors + refusals === 0,
			`${retryReceipts} asked for again, ${decryptErrors} unreadable, ${refusals} refused`,
		),
		verdict(
			'every session is connected at the end, without a new QR code',
			online === accounts.length && registrations === accounts.length && runner.starts === 1,
			`${online} of ${accounts.length}, ${reconnects} reconnects, ${storms} storms`,
		),
		verdict(
			`the heap grows by less than ${plan.maxHeapMbPerHour} MB per hour`,
			!isLong || heap.slope - 2 * heap.error < plan.maxHeapMbPerHour,
			isLong
				? `${heap.slope.toFixed(1)} ± ${(2 * heap.error).toFixed(1)} over ${minutes.toFixed(0)} minutes`
				: `too short to tell: ${heap.slope.toFixed(1)} ± ${(2 * heap.error).toFixed(1)}`,
		),
	];
}
