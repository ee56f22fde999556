import pino from 'pino';
import { Registry } from 'prom-client';
import { createCounters } from '../../../runner/sessions/createCounters';

test('what was asked for again and has come late is counted, and logged by number once a minute', async () => {
	const lines: string[] = [];
	const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
	const registry = new Registry();
	let nowMs = 1_700_000_000_000;
	const counters = createCounters({ registry, logger, clock: { now: () => nowMs } });
	for (let n = 0; n < 3; n++) counters.onUndecryptable();
	counters.onRecovered({ waitedMs: 20, overtakenBy: 0 });
	counters.onRecovered({ waitedMs: 70, overtakenBy: 2 });
	nowMs += 60_000;
	counters.onUndecryptable();
	counters.onRecovered({ waitedMs: 30, overtakenBy: 1 });
	expect(await registry.metrics()).toMatch(/^aww_undecryptable_messages_total 4$/m);
	expect(await registry.metrics()).toMatch(/^aww_recovered_messages_total\{order="kept"\} 1$/m);
	expect(await registry.metrics()).toMatch(/^aww_recovered_messages_total\{order="lost"\} 2$/m);
	expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
		{ level: 40, total: 1 },
		{ level: 30, total: 1, waitedMs: 20, overtakenBy: 0 },
		{ level: 40, total: 4 },
		{ level: 30, total: 3, waitedMs: 30, overtakenBy: 1 },
	]);
});
