import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { toItems, type Workflow } from '../N8nApi';
import type { N8nProcess } from '../N8nProcess';
import { toAction, toTrigger } from '../nodeDrafts';
import type { QueueStage } from '../QueueStage';
import { isRunning, listProcesses, readParent, readRunner } from '../runnerProcess';
import { required } from '../Stage';
import { waitUntil } from '../waitUntil';
import { toWorkflowDraft } from '../workflowDraft';
import { activate } from './activate';
import { answerMessage, readTexts } from './exchangeMessages';
import { comeBackLinked } from './surviveCrash';

const RECOVERY_MS = 60_000;

/** A message comes in through the webhook process, and the answer is sent by a worker. */
export async function answerFromWorker(stage: QueueStage): Promise<void> {
	await answerMessage(stage);
	const workflow = required(stage.answering, 'workflow that answers');
	await assertRanInQueue(stage, workflow);
}

/** A file that one process of n8n has received is sent on by another. */
export async function passFileOn(stage: QueueStage): Promise<void> {
	const { api, contact, phone } = stage;
	const credential = required(stage.credential, 'credential');
	const workflow = await activate(
		stage,
		toWorkflowDraft('Pass on', [
			toTrigger(credential, ['received'], { types: ['document'], downloadMedia: true }),
			toAction('Send', credential, {
				resource: 'message',
				operation: 'sendDocument',
				number: contact.number,
				caption: 'as received',
			}),
		]),
	);
	const file = Buffer.from(`%PDF-1.4\n${'an invoice, page after page\n'.repeat(20_000)}%%EOF\n`);
	const fields = { mimetype: 'application/pdf', fileName: 'invoice.pdf' };
	await contact.sendMedia(phone, 'document', file, fields);
	const [execution] = await api.waitForExecutions(workflow, 1);
	const error = execution?.run.resultData.error;
	assert.equal(execution?.status, 'success', JSON.stringify(error));
	const [item] = toItems(execution, 'Trigger');
	assert.ok(item?.binary?.data?.id, 'the file lies in the store that all processes share');
	const answer = await contact.receive(({ text }) => text === 'as received');
	assert.deepEqual(await contact.download(answer), file);
	await assertRanInQueue(stage, workflow);
	await api.deactivate(workflow);
}

/** All processes share one runner, and it has one connection. */
export async function shareOneRunner({ userFolder, logins, phone }: QueueStage): Promise<void> {
	const { pid } = await readRunner(userFolder);
	// Processes that missed a runner start one at the same time; all but the owner of the folder end.
	await waitUntil('the runner to be the only one', async () => {
		const pids = await listProcesses(userFolder);
		return pids.length === 1 && pids[0] === pid ? true : undefined;
	});
	assert.equal(logins.doubled, 0, 'nobody logged in twice at a time');
	assert.equal(phone.devices.length, 1);
}

/** SIGKILL to the main, whose child the runner is: another process starts it, and all goes on. */
export async function goOnWithoutMain(stage: QueueStage): Promise<void> {
	const { contact, n8n, phone, userFolder } = stage;
	const { pid } = await readRunner(userFolder);
	assert.equal(await readParent(pid), n8n.pid, 'the runner is a child of the main');
	const device = required(phone.devices[0], 'linked device');
	await n8n.crash();
	await device.whenOffline({ timeoutMs: RECOVERY_MS });
	await contact.sendText(phone, 'without a main');
	await contact.receive(({ text }) => text === 'You said: without a main', {
		timeoutMs: RECOVERY_MS,
	});
	const owner = await findOwner(stage);
	assert.notEqual(owner, n8n);
	await shareOneRunner(stage);
}

/** Started again, the main finds the runner that goes on, and what came meanwhile has run once. */
export async function joinRunningRunner(stage: QueueStage): Promise<void> {
	const { contact, phone, userFolder } = stage;
	const workflow = required(stage.answering, 'workflow that answers');
	const { pid } = await readRunner(userFolder);
	await comeBackLinked(stage);
	await contact.sendText(phone, 'with a main');
	await contact.receive(({ text }) => text === 'You said: with a main');
	const texts = await readTexts(stage, workflow, 'with a main');
	assert.deepEqual(texts.slice(-2), ['without a main', 'with a main']);
	assert.equal((await readRunner(userFolder)).pid, pid, 'the same runner');
	await shareOneRunner(stage);
}

/** The process that has taken over dies as well: the next one takes over, and nothing is lost. */
export async function takeOverAgain(stage: QueueStage): Promise<void> {
	const { contact, phone, userFolder } = stage;
	const workflow = required(stage.answering, 'workflow that answers');
	const { pid } = await readRunner(userFolder);
	const owner = await findOwner(stage);
	await owner.crash();
	await waitUntil('the runner to end', async () => ((await isRunning(pid)) ? undefined : true));
	await contact.sendText(phone, 'taken over');
	await owner.start();
	await contact.receive(({ text }) => text === 'You said: taken over', { timeoutMs: RECOVERY_MS });
	await contact.sendText(phone, 'all there');
	const texts = await readTexts(stage, workflow, 'all there');
	assert.deepEqual(texts.slice(-2), ['taken over', 'all there']);
	assert.notEqual((await readRunner(userFolder)).pid, pid);
	await shareOneRunner(stage);
}

/** What WhatsApp's server has seen of all this. */
export async function keepWhatsAppCalm(stage: QueueStage): Promise<void> {
	const { counters } = stage.simulator;
	assert.equal(stage.logins.doubled, 0);
	assert.equal(counters.registrations, 1, 'one QR code for all of it');
	assert.equal(counters.retryReceipts, 0);
	assert.deepEqual(counters.nacks, {});
	assert.equal(counters.decryptErrors, 0);
	assert.equal(counters.duplicates, 0);
}

/** Stopped as by a service manager, they leave no process behind. */
export async function stopAll({ processes, userFolder }: QueueStage): Promise<void> {
	await Promise.all(processes.map(async (process) => await process.stop()));
	await waitUntil('the runner to end', async () =>
		(await listProcesses(userFolder)).length > 0 ? undefined : true,
	);
}

/** The process of n8n whose child the runner is. */
async function findOwner({ processes, userFolder }: QueueStage): Promise<N8nProcess> {
	return await waitUntil('a runner and its owner', async () => {
		const parent = await readParent((await readRunner(userFolder)).pid);
		return processes.find((process) => process.isRunning && process.pid === parent);
	});
}

/** The last run of a workflow was put into the queue by the webhook process and done by a worker. */
async function assertRanInQueue(stage: QueueStage, workflow: Workflow): Promise<void> {
	const [execution] = await stage.api.listExecutions(workflow);
	const id = required(execution, 'execution').id;
	const enqueued = new RegExp(`Enqueued execution ${id}\\b`);
	const started = new RegExp(`Worker started execution ${id}\\b`);
	assert.match(await readFile(stage.webhooks.logPath, 'utf8'), enqueued);
	const logs = await Promise.all(
		stage.workers.map(async ({ logPath }) => await readFile(logPath, 'utf8')),
	);
	assert.ok(
		logs.some((log) => started.test(log)),
		'one of the workers ran it',
	);
}
