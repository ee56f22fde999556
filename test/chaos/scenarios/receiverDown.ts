import type { Scenario } from '../Scenario';
import type { Stage } from '../Stage';
import { waitFor } from '../waitFor';
import { withTraffic } from '../withTraffic';

const STEP_MS = 10 * 60_000;
/** Within this time an attempt that is due begins, and its answer is read. */
const QUIET_MS = 100;
const STEPS_A_DAY = 144;
const HOUR_MS = 3_600_000;
/** What the runner does unless told otherwise. */
const DEFAULT_SCHEDULE = '0,5,300,1800,7200,18000,36000,50400,72000,86400';

/** Whoever receives the webhooks is away for a day, by a clock that runs ahead; then comes back. */
export const receiverDown: Scenario = {
	name: 'receiver',
	title: 'the receiver is down for a day of simulated time',
	rounds: { full: 2, short: 0 },
	run: (run) =>
		withTraffic(
			{
				stage: { canPass: true, isHasty: true, env: { AWW_WEBHOOK_SCHEDULE: DEFAULT_SCHEDULE } },
				traffic: { pauseMs: [80, 240], outgoing: false },
			},
			run,
			async (stage, traffic) => {
				let latestHours = 0;
				for (let round = 0; round < run.rounds; round++) {
					await traffic.progress(5);
					stage.receiver.answer = () => 503;
					// Until then it could be the events that fail, and those leave their order.
					await waitFor('the runner to see that it is the receiver', () => isFailing(stage));
					for (let step = 0; step < STEPS_A_DAY; step++) {
						await pass(stage);
						if (run.random() < 0.02) await stage.crash();
					}
					const missed = traffic.countIncoming;
					stage.receiver.answer = () => 200;
					let hours = 0;
					await waitFor(
						'what was missed',
						async () => {
							const ids = new Set(stage.receiver.of('received').map(({ messageId }) => messageId));
							if (ids.size >= missed) return true;
							await pass(stage);
							hours += STEP_MS / HOUR_MS;
							return undefined;
						},
						120_000,
					);
					latestHours = Math.max(latestHours, hours);
				}
				return { 'all there after (simulated hours)': latestHours.toFixed(1) };
			},
		),
};

/** What is under way must not be taken for a receiver that hangs. */
async function pass(stage: Stage): Promise<void> {
	await stage.receiver.quiet(QUIET_MS);
	await stage.pass(STEP_MS);
}

async function isFailing({ runner }: Stage): Promise<true | undefined> {
	const { body } = await runner.call<{ warnings?: Array<{ code: string }> }>('GET', '/readyz');
	return body.warnings?.some(({ code }) => code === 'receivers_failing') || undefined;
}
