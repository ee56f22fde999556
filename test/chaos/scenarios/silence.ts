import type { Scenario } from '../Scenario';
import { waitFor } from '../waitFor';
import { withTraffic } from '../withTraffic';

/** Longer than Baileys waits for an answer. */
const QUERY_TIMEOUT_MS = 61_000;
/** Baileys asks for devices and keys before it can encrypt, and for the media host before an upload. */
const QUERIES = ['usync/get/usync', 'encrypt/get/key', 'w:m/set/media_conn', 'w:g2/get/query'];

/** WhatsApp's server takes questions and answers them late, or not at all. */
export const silence: Scenario = {
	name: 'silence',
	title: 'WhatsApp leaves queries unanswered',
	rounds: { full: 24, short: 0 },
	run: (run) =>
		withTraffic(
			{
				stage: { canPass: true, isHasty: true },
				traffic: { pauseMs: [50, 150] },
				verdict: { maySendingFail: true },
			},
			run,
			async (stage, traffic) => {
				const { counters } = stage.simulator;
				let unanswered = 0;
				for (let round = 0; round < run.rounds; round++) {
					const name = QUERIES[round % QUERIES.length]!;
					const asked = () => counters.queries[name] ?? 0;
					const before = asked();
					const answerAgain = stage.simulator.leaveUnanswered(name);
					// A new connection knows no devices, and asks for everything anew.
					stage.device.drop('close');
					// A send that waits for an answer holds up what comes in, ten seconds for each question.
					await traffic.progress(5, 90_000);
					const isAsked = await waitFor(
						'a query',
						() => asked() > before || undefined,
						1_500,
					).catch(() => false);
					if (isAsked) unanswered++;
					if (run.random() < 0.5) await stage.pass(QUERY_TIMEOUT_MS);
					answerAgain();
					await stage.pass(QUERY_TIMEOUT_MS);
					await traffic.progress(5, 90_000);
				}
				return { unanswered };
			},
		),
};
