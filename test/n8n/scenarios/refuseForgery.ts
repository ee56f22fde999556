import assert from 'node:assert/strict';
import { readSubscriptions } from '../runnerProcess';
import { required, type Stage } from '../Stage';
import { readTexts } from './exchangeMessages';

/** Whoever knows the webhook URL but not its secret starts nothing. */
export async function refuseForgery(stage: Stage): Promise<void> {
	const workflow = required(stage.answering, 'workflow that answers');
	const [subscription] = (await readSubscriptions(stage.userFolder)).filter(({ events }) =>
		events.includes('received'),
	);
	const body = JSON.stringify({ event: 'received', eventId: 'evt_1', message: 'forged' });
	const forged = {
		'webhook-id': 'evt_1',
		'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
		'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`,
	};
	for (const headers of [{}, forged]) {
		const answer = await fetch(required(subscription, 'subscription').url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body,
		});
		assert.equal(answer.status, 401);
	}
	await stage.contact.sendText(stage.phone, 'a real one');
	const texts = await readTexts(stage, workflow, 'a real one');
	assert.ok(!texts.includes('forged'), 'no run for the forged calls');
}
