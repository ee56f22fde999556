import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunnerProcess } from '../../endToEnd/RunnerProcess';
import { waitFor } from '../waitFor';
import type { Scenario } from '../Scenario';
import { withTraffic } from '../withTraffic';

/** Each side takes the login back three times; then one has given way. */
const MAX_LOGINS = 12;

/** A copy of the data folder runs elsewhere: two processes with one login. */
export const war: Scenario = {
	name: 'war',
	title: 'two processes with one login replace one another (440)',
	rounds: { full: 5, short: 0 },
	run: (run) =>
		withTraffic(
			{
				stage: { isHasty: true },
				traffic: { pauseMs: [50, 150], outgoing: false, files: false },
				verdict: { hasDecryptErrors: true, isOrderFree: true, mayComeTwice: true },
			},
			run,
			async (stage) => {
				const { counters } = stage.simulator;
				let most = 0;
				for (let round = 0; round < run.rounds; round++) {
					await stage.settle();
					await stage.runner.kill();
					const dataDir = join(`${stage.runner.dataDir}-copy`);
					cpSync(stage.runner.dataDir, dataDir, { recursive: true });
					const other = stage.createRunner({ dataDir, isHasty: true });
					other.actAs(stage.runner);
					const before = counters.logins;
					try {
						await Promise.all([stage.runner.start(), other.start()]);
						const reason = await waitFor('one to give way', async () => {
							return (await whyStopped(stage.runner)) ?? (await whyStopped(other));
						});
						if (!/another process/.test(reason)) throw new Error(`It says: ${reason}`);
						const logins = counters.logins - before;
						most = Math.max(most, logins);
						if (logins > MAX_LOGINS) throw new Error(`${logins} logins until one gave way`);
						await stage.settle();
						await waitFor('the other one to deliver what it has taken', () => isDelivered(other));
					} finally {
						await other.kill();
						rmSync(dataDir, { recursive: true, force: true });
					}
					// Whoever stops the other process and restarts this one has it back.
					if (await whyStopped(stage.runner))
						await stage.runner.call('POST', '/api/instance/restart', {});
					await stage.untilState('connected');
				}
				return { 'most logins in a war': most };
			},
		),
};

async function isDelivered(runner: RunnerProcess): Promise<true | undefined> {
	const { body } = await runner.call<{ deliveries: unknown[] }>(
		'GET',
		'/api/deliveries?state=pending',
	);
	return body.deliveries.length === 0 || undefined;
}

async function whyStopped(runner: RunnerProcess): Promise<string | undefined> {
	const { body } = await runner.call<{ state: string; lastError: string | null }>(
		'GET',
		'/api/instance',
	);
	return body.state === 'stopped' ? (body.lastError ?? '') : undefined;
}
