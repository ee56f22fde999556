import fc from 'fast-check';
import type { Findings } from '../Findings';
import type { FuzzPlan } from '../FuzzPlan';
import { checkLog } from '../stage/checkLog';
import { checkMemory } from '../stage/checkMemory';
import type { Memory } from '../stage/probeArgs';
import { RunnerStage } from '../stage/RunnerStage';
import type { Attack } from './Attack';
import { Attacker } from './Attacker';
import { attacks } from './attacks';

const WARM_UP = 0.4;
const MAX_GROWTH_MB = 16;
const PROGRESS_EVERY = 100;
/** Reconnects included. */
const ARRIVAL_TIMEOUT_MS = 30_000;
/** Batches after which sending is tried as well. */
const SEND_EVERY = 5;
const MAX_ATTACKS = 6;

/** The server says things it should not, at every level; what it says rightly must arrive all the same. */
export async function fuzzWire(plan: FuzzPlan, findings: Findings): Promise<void> {
	const stage = await RunnerStage.start();
	try {
		let before: Memory | undefined;
		await findings.check(
			'wire: whatever the server sends, messages arrive afterwards',
			async () => {
				await runAll(plan, stage, (memory) => (before = memory));
				const { connections, logins, retryReceipts } = stage.simulator.counters;
				return `${connections} connections, ${logins} logins, ${retryReceipts} retry receipts`;
			},
		);
		await findings.check('wire: the runner has not ended once', () => {
			if (stage.runner.starts > 1) throw new Error(`It was started ${stage.runner.starts} times`);
			return '';
		});
		await findings.check('wire: the memory of the runner is flat', async () => {
			if (!before) return 'too few cases to tell';
			return checkMemory(before, await stage.memory(), MAX_GROWTH_MB);
		});
		await findings.check('wire: the log tells of no fault and of nobody', () =>
			checkLog(stage, ['fuzz-secret-text']),
		);
	} finally {
		await stage.stop();
	}
}

async function runAll(
	{ seed, cases, progress }: FuzzPlan,
	stage: RunnerStage,
	onWarm: (memory: Memory) => void,
): Promise<void> {
	const attacker = new Attacker(stage);
	let done = 0;
	let isWarm = false;
	const batch = fc.array(attacks, { minLength: 1, maxLength: MAX_ATTACKS });
	await attacker.prepare();
	const property = fc.asyncProperty(batch, async (given) => {
		await runBatch(given, stage, attacker);
		if (done % SEND_EVERY === 0) await attacker.prepare();
		if (++done % PROGRESS_EVERY === 0) progress(`${done} of ${cases} batches of stanzas`);
		if (isWarm || done < cases * WARM_UP) return;
		isWarm = true;
		onWarm(await stage.memory());
	});
	await fc.assert(property, { seed, numRuns: cases });
}

/** A message before the nonsense, one after it: both have to arrive. */
async function runBatch(
	batch: readonly Attack[],
	stage: RunnerStage,
	attacker: Attacker,
): Promise<void> {
	const { receiver, ann, lida, phone, group } = stage;
	receiver.deliveries.length = 0;
	const ids = [await lida.sendText(phone, 'fuzz-secret-text before')];
	for (const attack of batch) await attacker.send(attack);
	ids.push(await ann.sendText(phone, 'fuzz-secret-text after'));
	ids.push(await ann.sendText(group, 'fuzz-secret-text in the group'));
	const haveArrived = () => {
		const arrived = new Set(receiver.of('received').map(({ messageId }) => messageId));
		return ids.every((id) => arrived.has(id));
	};
	await stage.whileAlive(
		receiver.until(haveArrived, `messages ${ids.join(', ')}`, ARRIVAL_TIMEOUT_MS),
	);
}
