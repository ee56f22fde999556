import assert from 'node:assert/strict';
import { isRunning, listProcesses, readRunner } from '../runnerProcess';
import { required, type Stage } from '../Stage';
import { waitUntil } from '../waitUntil';
import { readTexts } from './exchangeMessages';

/** SIGKILL to the runner alone: n8n starts it again, and what came meanwhile arrives once. */
export async function restartRunner(stage: Stage): Promise<void> {
	const { contact, phone, userFolder } = stage;
	const workflow = required(stage.answering, 'workflow that answers');
	const device = required(phone.devices[0], 'linked device');
	const { pid } = await readRunner(userFolder);
	process.kill(pid, 'SIGKILL');
	await device.whenOffline();
	await contact.sendText(phone, 'without a runner');
	await device.whenOnline({ timeoutMs: 30_000 });
	assert.notEqual((await readRunner(userFolder)).pid, pid);
	await contact.receive(({ text }) => text === 'You said: without a runner');
	await contact.sendText(phone, 'with a new one');
	const texts = await readTexts(stage, workflow, 'with a new one');
	assert.deepEqual(texts.slice(-2), ['without a runner', 'with a new one']);
}

/** SIGKILL to n8n alone: it cannot tell its runner, which ends all the same. */
export async function endWithN8n({ n8n, userFolder, phone }: Stage): Promise<void> {
	const { pid } = await readRunner(userFolder);
	assert.ok(await isRunning(pid), 'the runner runs before');
	await n8n.crash();
	await waitUntil('the runner to end', async () => ((await isRunning(pid)) ? undefined : true));
	await required(phone.devices[0], 'linked device').whenOffline();
}

/** n8n alone is started; nobody runs a node, nobody scans a code. */
export async function comeBackLinked({ n8n, phone, simulator }: Stage): Promise<void> {
	let registrations = 0;
	const stopCounting = simulator.on('registration', () => (registrations += 1));
	await n8n.start();
	await required(phone.devices[0], 'linked device').whenOnline({ timeoutMs: 60_000 });
	stopCounting();
	assert.equal(registrations, 0, 'no new QR code was asked for');
	assert.equal(phone.devices.length, 1);
}

/** A message that came while n8n was dead starts the workflow once; so does one that comes after it. */
export async function deliverMissedOnce(stage: Stage): Promise<void> {
	const { contact, phone } = stage;
	const workflow = required(stage.answering, 'workflow that answers');
	await contact.receive(({ text }) => text === 'You said: in the meantime');
	await contact.sendText(phone, 'back again');
	await contact.receive(({ text }) => text === 'You said: back again');
	// Deliveries of a chat are in order: a repetition would stand before the second message.
	const texts = await readTexts(stage, workflow, 'back again');
	assert.deepEqual(texts.slice(-2), ['in the meantime', 'back again']);
	assert.equal(texts.filter((text) => text === 'in the meantime').length, 1);
}

/** Stopped as by a service manager, n8n leaves no process behind. */
export async function leaveNothingRunning({ n8n, userFolder }: Stage): Promise<void> {
	assert.notDeepEqual(await listProcesses(userFolder), [], 'the runner runs before');
	await n8n.stop();
	await waitUntil('the runner to end', async () =>
		(await listProcesses(userFolder)).length > 0 ? undefined : true,
	);
}
