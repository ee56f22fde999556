import { kill } from '../chaos/scenarios/kill';
import { seededRandom } from './seededRandom';

/** More rounds: npm run test:chaos -- kill. */
const { short: ROUNDS } = kill.rounds;
const SEED = Number(process.env.AWW_CHAOS_SEED ?? Date.now() % 1_000_000);

test(`kill -9 of the runner, ${ROUNDS} rounds (seed ${SEED}): loses no message, repeats none under another id, and sends each text and file once`, async () => {
	const figures = await kill.run({ rounds: ROUNDS, random: seededRandom(SEED) });
	expect(figures).toMatchObject({ received: expect.any(Number), sent: expect.any(Number) });
}, 300_000);
