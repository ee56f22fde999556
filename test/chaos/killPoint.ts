import { setTimeout as delay } from 'node:timers/promises';
import type { Stage } from './Stage';

/** A point that the traffic does not come to is not waited for longer. */
const PATIENCE_MS = 4_000;
const POLL_MS = 2;

/**
 * Resolves at some point of the runner's work, chosen by chance: soon after its start, whether or not it
 * has got to WhatsApp by then; after so many answers and messages of it; within the transfer of a file.
 * Points of its work, not of the clock, so that a slow machine kills it in the same places.
 */
export async function reachKillPoint(stage: Stage, random: () => number): Promise<string> {
	const choice = random();
	const amount = random();
	if (choice < 0.25) {
		await delay(amount * 500);
		return 'after its start';
	}
	if (choice < 0.4) return await transferBegun(stage, choice < 0.32 ? 'uploads' : 'downloads');
	await stanzasReceived(stage, 1 + Math.floor(amount * 80));
	return 'in its work';
}

/** So many logins, receipts and messages have come from the runner. */
async function stanzasReceived({ simulator }: Stage, count: number): Promise<void> {
	const { promise, resolve } = Promise.withResolvers<undefined>();
	let left = count;
	const listener = () => {
		if (--left === 0) resolve(undefined);
	};
	const stops = [
		simulator.on('login', listener),
		simulator.on('online', listener),
		simulator.on('receipt', listener),
		simulator.on('messageFromClient', listener),
	];
	await Promise.race([promise, delay(PATIENCE_MS)]);
	for (const stop of stops) stop();
}

async function transferBegun(
	{ simulator }: Stage,
	direction: 'uploads' | 'downloads',
): Promise<string> {
	const before = simulator.media[direction];
	const giveUpAt = Date.now() + PATIENCE_MS;
	while (simulator.media[direction] === before && Date.now() < giveUpAt) await delay(POLL_MS);
	return `in one of its ${direction}`;
}
