import { setTimeout as delay } from 'node:timers/promises';
import type { DropKind } from '../../simulator';
import type { Scenario } from '../Scenario';
import { withTraffic } from '../withTraffic';
import { toMemoryFigures } from '../memory';

const KINDS: readonly DropKind[] = [
	'tcpReset',
	'close',
	'xmlstreamend',
	'streamError500',
	'streamError503',
	'streamError515',
];
/** Shorter than the absence that is told: what time makes it lose, it has back before the next step. */
const STEP_MS = 12_000;
/** So many more sockets or timers than before are the noise of work under way. */
const TOLERANCE = 8;

/** WhatsApp ends the connection again and again, sometimes before it is open. */
export const drops: Scenario = {
	name: 'drops',
	title: 'WhatsApp drops the socket again and again',
	rounds: { full: 1_000, short: 0 },
	run: (run) =>
		withTraffic(
			{ stage: { isHasty: true, canPass: true }, traffic: { pauseMs: [100, 300] } },
			run,
			async (stage) => {
				const warmUp = Math.ceil(run.rounds / 10);
				await dropOften(warmUp);
				const before = await measureAtRest();
				await dropOften(run.rounds - warmUp);
				const after = await measureAtRest();
				const told = stage.receiver.deliveries.filter(({ body: { event } }) =>
					['connected', 'disconnected'].includes(event),
				).length;
				if (told > 1) throw new Error(`${told} events of connections instead of one`);
				for (const [kind, count] of Object.entries(after.resources)) {
					const had = before.resources[kind] ?? 0;
					if (count > had + TOLERANCE) throw new Error(`${kind}: ${had} → ${count}`);
				}
				if (/MaxListeners/.test(stage.runner.log)) throw new Error('Listeners pile up');
				const { heap = '', rss = '' } = toMemoryFigures(before, after);
				return {
					logins: stage.simulator.counters.logins,
					'connection events': told,
					'heap at rest': heap,
					'rss at rest': rss,
				};

				async function dropOften(count: number): Promise<void> {
					for (let n = 0; n < count; n++) {
						await stage.device.whenOnline({ timeoutMs: 30_000 });
						// One that never gets as far as being open is away, and that is told. Every tenth is dropped
						// wherever it is, on its way as well.
						if (run.random() > 0.1) await stage.untilState('connected');
						else await delay(run.random() * 50);
						stage.device.drop(KINDS[Math.floor(run.random() * KINDS.length)] ?? 'close');
						await stage.device.whenOffline({ timeoutMs: 30_000 });
					}
				}

				/** What ended connections have left to time out has done so. */
				async function measureAtRest() {
					for (let passedMs = 0; passedMs < 60_000; passedMs += STEP_MS) {
						await stage.settle();
						// Else the time that passes would be one in which it was away.
						await stage.untilState('connected');
						await stage.pass(STEP_MS);
					}
					await stage.settle();
					return await stage.measure();
				}
			},
		),
};
