import type { Scenario } from '../Scenario';
import { withTraffic } from '../withTraffic';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const JUMPS_MS = [
	DAY_MS,
	-DAY_MS,
	-DAY_MS,
	DAY_MS,
	5 * MINUTE_MS,
	-90 * MINUTE_MS,
	23 * 60 * MINUTE_MS,
];

/** The clock is set while messages are under way: nothing may wait for the old time to come again. */
export const clock: Scenario = {
	name: 'clock',
	title: 'the clock jumps a day forward and back',
	rounds: { full: 28, short: 3 },
	run: (run) =>
		withTraffic({}, run, async (stage, traffic) => {
			let aheadMs = 0;
			for (let round = 0; round < run.rounds; round++) {
				await traffic.progress(1 + Math.floor(run.random() * 20));
				const jumpMs = JUMPS_MS[round % JUMPS_MS.length] ?? 0;
				await stage.setClock(jumpMs);
				aheadMs += jumpMs;
				await traffic.progress(20);
				// A new process has the true time: the clock was set back while none was there.
				if (aheadMs > 0 && run.random() < 0.3) {
					await stage.crash();
					aheadMs = 0;
				}
			}
			return {};
		}),
};
