import assert from 'node:assert/strict';
import { toItems } from '../N8nApi';
import { required, type Stage } from '../Stage';
import { waitUntil } from '../waitUntil';
import { readTexts } from './exchangeMessages';

/** "Execute workflow" gets the next message, and the active workflow gets it as well. */
export async function testBesideProduction(stage: Stage): Promise<void> {
	const { api, contact, phone } = stage;
	const workflow = required(stage.answering, 'workflow that answers');
	assert.equal(await api.run(workflow, 'Trigger'), undefined, 'n8n waits for a test event');
	await contact.sendText(phone, 'both of you');
	const test = await waitUntil('the test run', async () =>
		(await api.listExecutions(workflow)).find(
			({ mode, status }) => mode === 'manual' && status === 'success',
		),
	);
	const [item] = toItems(await api.getExecution(test.id), 'Trigger');
	assert.equal(item?.json.message, 'both of you');

	await contact.sendText(phone, 'after the test');
	await contact.receive(({ text }) => text === 'You said: after the test');
	const texts = await readTexts(stage, workflow, 'after the test');
	assert.equal(texts.filter((text) => text === 'both of you').length, 2, 'test and production');
	assert.equal(texts.filter((text) => text === 'after the test').length, 1, 'production alone');
}
