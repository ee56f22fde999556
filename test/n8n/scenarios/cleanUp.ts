import assert from 'node:assert/strict';
import { readSubscriptions } from '../runnerProcess';
import { required, type Stage } from '../Stage';
import { waitUntil } from '../waitUntil';

/** Deactivating one workflow takes away its own subscription and leaves the other workflow's alone. */
export async function cleanUp(stage: Stage): Promise<void> {
	const { api, contact, phone, userFolder } = stage;
	const watching = required(stage.watching, 'workflow that watches');
	assert.equal((await readSubscriptions(userFolder)).length, 2, 'one for each active workflow');

	await api.deactivate(watching);
	const left = await waitUntil('the subscription to be removed', async () => {
		const subscriptions = await readSubscriptions(userFolder);
		return subscriptions.length === 1 ? subscriptions : undefined;
	});
	assert.deepEqual(left[0]?.events, ['received']);

	await contact.sendText(phone, 'still there?');
	await contact.receive(({ text }) => text === 'You said: still there?');
}
