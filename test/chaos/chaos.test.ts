import { SCENARIOS } from './scenarios';
import { seededRandom } from '../endToEnd/seededRandom';

/**
 * The short form of `npm run test:chaos`. kill -9 has a test of its own; scenarios without a short form
 * take minutes, and are only in the long one.
 */
const SEED = Number(process.env.AWW_CHAOS_SEED ?? Date.now() % 1_000_000);
const TIMEOUT_MS = 240_000;

test.each(SCENARIOS.filter(({ name, rounds }) => name !== 'kill' && rounds.short > 0))(
	`$title: nothing is lost, repeated under another id or out of order (seed ${SEED})`,
	async ({ run, rounds }) => {
		await run({ rounds: rounds.short, random: seededRandom(SEED) });
	},
	TIMEOUT_MS,
);
