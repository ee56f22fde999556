import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Scenario } from '../Scenario';
import { withTraffic } from '../withTraffic';

/** Either side loses its Signal sessions, and asks for what it cannot read. */
export const undecryptable: Scenario = {
	name: 'undecryptable',
	title: 'Signal sessions are lost, messages are asked for again',
	rounds: { full: 20, short: 1 },
	run: (run) =>
		withTraffic(
			{
				stage: { isHasty: true },
				traffic: { pauseMs: [100, 200] },
				verdict: { hasDecryptErrors: true, isOrderFree: true },
			},
			run,
			async (stage, traffic) => {
				for (let round = 0; round < run.rounds; round++) {
					const contact = traffic.contacts[round % traffic.contacts.length]!;
					if (run.random() < 0.4) contact.loseSessions(stage.phone);
					else if (run.random() < 0.3) contact.startNewSession(stage.phone);
					else {
						await stage.runner.kill();
						forgetSessions(stage.runner.dataDir);
						await stage.runner.start();
					}
					await traffic.progress(10);
				}
				const { retryReceipts, decryptErrors } = stage.simulator.counters;
				return { 'asked for again': retryReceipts, 'asked of it': decryptErrors };
			},
		),
};

function forgetSessions(dataDir: string): void {
	const database = new DatabaseSync(join(dataDir, 'runner.db'));
	database.exec(`DELETE FROM signal_keys WHERE type IN ('session', 'sender-key')`);
	database.close();
}
