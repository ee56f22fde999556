import fc from 'fast-check';
import type { Contact } from '../../../simulator';
import type { Findings } from '../../Findings';
import type { FuzzPlan } from '../../FuzzPlan';
import { checkLog } from '../../stage/checkLog';
import { RunnerStage } from '../../stage/RunnerStage';
import { compare, missing } from './compare';
import { lie } from './lie';
import { playHonestly } from './playHonestly';
import { Scene } from './Scene';
import { stories, type Step } from './Step';
import { Story } from './Story';

const PROGRESS_EVERY = 100;
const TIMEOUT_MS = 15_000;
const QUIET_MS = 40;
/** No pauses between what the account says. */
const ENVIRONMENT = { AWW_MESSAGES_PER_MINUTE: '0' };

/** A contact lies about messages of others, in the midst of honest ones: nothing of theirs changes or reaches her. */
export async function fuzzContacts(plan: FuzzPlan, findings: Findings): Promise<void> {
	const stage = await RunnerStage.start(ENVIRONMENT);
	try {
		const mallory = stage.simulator.createContact({ number: '15550006666', name: 'Mallory' });
		await stage.call('PUT', '/api/config/status', { URL: stage.receiver.url });
		await findings.check('contacts: nothing of one chat reaches or changes another', async () => {
			await introduce(stage, mallory);
			await tellAll(plan, stage, mallory);
			return `${plan.cases} stories`;
		});
		await findings.check('contacts: the log tells of no fault and of nobody', () =>
			checkLog(stage, ['fuzz-secret-text', mallory.number, mallory.lidUser]),
		);
	} finally {
		await stage.stop();
	}
}

/** Everybody is known by number: of a hidden one receipts would be told under the hidden name. */
async function introduce({ ann, lida, phone, receiver }: RunnerStage, mallory: Contact) {
	const people = [ann, lida, mallory];
	for (const one of people) await one.sendText(phone, 'fuzz-secret-text');
	await receiver.until(() => receiver.of('received').length === people.length, 'everybody');
}

async function tellAll(
	{ seed, cases, progress }: FuzzPlan,
	stage: RunnerStage,
	mallory: Contact,
): Promise<void> {
	let done = 0;
	const property = fc.asyncProperty(stories, async (steps) => {
		await tell(steps, stage, mallory);
		if (++done % PROGRESS_EVERY === 0) progress(`${done} of ${cases} stories`);
	});
	await fc.assert(property, { seed, numRuns: cases });
}

async function tell(steps: readonly Step[], stage: RunnerStage, mallory: Contact): Promise<void> {
	stage.receiver.deliveries.length = 0;
	const scene = new Scene(stage, mallory);
	const story = new Story();
	for (const step of steps) {
		if (step.kind === 'lie') await lie(step, scene, story);
		else await playHonestly(step, scene, story);
	}
	for (const { hangUp } of story.calls) hangUp();
	// Whoever is told last tells that everything before has been dealt with.
	await playHonestly({ kind: 'hear', by: 0, place: 'direct', answers: false }, scene, story);
	await playHonestly({ kind: 'say', to: 'mallory' }, scene, story);
	await stage.device.drained({ timeoutMs: TIMEOUT_MS });
	const isComplete = () => missing(scene, story).length === 0;
	await stage.receiver.until(isComplete, 'the truth', TIMEOUT_MS).catch(() => undefined);
	await stage.receiver.quiet(QUIET_MS);
	const differences = await stage.whileAlive(compare(scene, story));
	if (differences.length > 0) throw new Error(differences.join('\n'));
}
