import fc from 'fast-check';
import { ROUTES, type RouteName } from '../../../contract';
import type { Findings } from '../Findings';
import type { FuzzPlan } from '../FuzzPlan';
import { checkLog } from '../stage/checkLog';
import { checkMemory } from '../stage/checkMemory';
import type { Memory } from '../stage/probeArgs';
import { RunnerStage } from '../stage/RunnerStage';
import { FileHost } from './FileHost';
import { readOpenApi } from './OpenApi';
import { rawRequests } from './rawRequests';
import { RouteFuzzer } from './RouteFuzzer';
import { toRouteCases } from './toRouteCases';

/** Cases until the world is put in order again. */
const BATCH = 500;
/** From so many cases on every route has to have succeeded once: else the cases are too wild to show much. */
const ENOUGH_FOR_ALL = 5_000;
/** Of the cases, before memory is looked at: caches and compiled code have filled by then. */
const WARM_UP = 0.3;
const MAX_GROWTH_MB = 16;

/** Succeed only with a signature, or on an instance that cannot be had by chance. */
const HARDLY_EVER: readonly RouteName[] = ['media', 'pairingCode'];

/** Calls of every kind to every route of a real runner that is linked to the simulator. */
export async function fuzzRoutes(plan: FuzzPlan, findings: Findings): Promise<void> {
	const stage = await RunnerStage.start();
	const files = await new FileHost().start();
	try {
		const operations = readOpenApi(await stage.call('GET', '/openapi.json'));
		const fuzzer = new RouteFuzzer(stage, files, operations);
		await fuzzer.prepare();
		let before: Memory | undefined;
		await findings.check('routes: every call has a documented answer in time', async () => {
			await runAll(plan, fuzzer, { stage, operations }, (memory) => (before = memory));
			return toSummary(fuzzer);
		});
		await fuzzer.settle();
		await findings.check('routes: what was answered with an error has reached no contact', () =>
			fuzzer.books.check(),
		);
		await findings.check('routes: no file is left in media/incoming', () => {
			const left = stage.incomingFiles();
			if (left.length > 0) throw new Error(`Left behind: ${left.join(', ')}`);
			return '';
		});
		await findings.check('routes: every route has succeeded, too', () => {
			if (plan.cases < ENOUGH_FOR_ALL) return 'too few cases to tell';
			return toRoutesWithoutSuccess(fuzzer);
		});
		await findings.check('routes: the memory of the runner is flat', async () => {
			if (!before) return 'too few cases to tell';
			return checkMemory(before, await stage.memory(), MAX_GROWTH_MB);
		});
		await findings.check('routes: the log tells of no fault and of nobody', () =>
			checkLog(stage, ['fuzz-secret-text']),
		);
	} finally {
		await stage.stop();
		await files.stop();
	}
}

async function runAll(
	{ seed, cases, progress }: FuzzPlan,
	fuzzer: RouteFuzzer,
	{ stage, operations }: { stage: RunnerStage; operations: ReturnType<typeof readOpenApi> },
	onWarm: (memory: Memory) => void,
): Promise<void> {
	const call = fc.oneof(
		{ weight: 30, arbitrary: toRouteCases(operations).map((given) => ({ given })) },
		{ weight: 1, arbitrary: rawRequests.map((bytes) => ({ bytes })) },
	);
	let done = 0;
	let isWarm = false;
	const property = fc.asyncProperty(call, async (one) => {
		if ('bytes' in one) await fuzzer.runBytes(one.bytes);
		else await fuzzer.run(one.given);
		if (++done % BATCH === 0) {
			await fuzzer.prepare();
			fuzzer.books.check();
			progress(`${done} of ${cases} calls, ${fuzzer.books.sent} messages sent`);
		}
		if (isWarm || done < cases * WARM_UP) return;
		isWarm = true;
		onWarm(await stage.memory());
	});
	await fc.assert(property, { seed, numRuns: cases });
}

function toSummary({ answers }: RouteFuzzer): string {
	const totals: Record<string, number> = {};
	for (const counts of answers.values()) {
		for (const [status, count] of Object.entries(counts)) {
			totals[status] = (totals[status] ?? 0) + count;
		}
	}
	return Object.entries(totals)
		.map(([status, count]) => `${status}: ${count}`)
		.join(', ');
}

function toRoutesWithoutSuccess({ answers }: RouteFuzzer): string {
	const missing = (Object.keys(ROUTES) as RouteName[]).filter((name) => {
		const statuses = Object.keys(answers.get(name) ?? {});
		return !HARDLY_EVER.includes(name) && !statuses.some((status) => status.startsWith('2'));
	});
	if (missing.length > 0) throw new Error(`These never did: ${missing.join(', ')}`);
	return '';
}
