import { setTimeout as delay } from 'node:timers/promises';
import type { Scenario } from '../Scenario';
import { withTraffic } from '../withTraffic';

/** The process stands still with its sockets open; now and then WhatsApp has hung up meanwhile. */
export const freeze: Scenario = {
	name: 'freeze',
	title: 'SIGSTOP, then SIGCONT',
	rounds: { full: 50, short: 2 },
	run: (run) =>
		withTraffic({ stage: { isHasty: true } }, run, async (stage, traffic) => {
			let hungUp = 0;
			for (let round = 0; round < run.rounds; round++) {
				await stage.device.whenOnline({ timeoutMs: 30_000 });
				stage.runner.signal('SIGSTOP');
				await delay(run.random() * 1_000);
				if (run.random() < 0.4) {
					stage.device.drop(run.random() < 0.5 ? 'tcpReset' : 'close');
					hungUp++;
				}
				await delay(run.random() * 200);
				stage.runner.signal('SIGCONT');
				await traffic.progress(5);
			}
			return { 'hung up meanwhile': hungUp };
		}),
};
