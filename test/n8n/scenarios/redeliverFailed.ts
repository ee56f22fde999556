import assert from 'node:assert/strict';
import type { DeliveryList, DeliveryView, WebhookBody } from '../../../contract';
import { WebhookReceiver } from '../../endToEnd/WebhookReceiver';
import { readFromRunner, readInstanceId } from '../runnerProcess';
import type { Stage } from '../Stage';
import { waitUntil } from '../waitUntil';
import { runOperation, runOperations } from './runOperation';

const webhook = { resource: 'webhook' };

/** What a receiver refused is found by List Deliveries, and reaches it by Redeliver. */
export async function redeliverFailed(stage: Stage): Promise<void> {
	const { contact, phone } = stage;
	const refused: WebhookBody[] = [];
	const receiver = new WebhookReceiver();
	await receiver.start();
	const changeUrl = { ...webhook, operation: 'changeUrl', event: 'received' };
	const setUrl = async (url: string) => await runOperation(stage, { ...changeUrl, url });
	try {
		// Gone is for good, so that the delivery is not tried again by itself.
		receiver.answer = (body) => (refused.push(body), 410);
		await setUrl(receiver.url);
		await contact.sendText(phone, 'refused at first');
		await contact.receive(({ text }) => text === 'You said: refused at first');
		await waitForFailure(stage, receiver.url);
		receiver.answer = () => 200;
		await setUrl(receiver.url);
		const [listed, redelivered] = await runOperations(
			stage,
			{
				...webhook,
				operation: 'listDeliveries',
				limit: 1,
				filters: { state: 'failed', event: 'received' },
			},
			{
				...webhook,
				operation: 'redeliver',
				deliveryId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			},
		);
		assert.deepEqual(listed?.map(toOutcome), [{ url: receiver.url, status: 410 }]);
		assert.equal(redelivered?.[0]?.json.id, listed?.[0]?.json.id);
		await receiver.until(() => receiver.deliveries.length > 0, 'the delivery to come again');
		assert.deepEqual(
			receiver.deliveries.map(({ body }) => body),
			refused,
		);
	} finally {
		await setUrl('');
		await receiver.stop();
	}
}

async function waitForFailure({ userFolder }: Stage, url: string): Promise<void> {
	const id = await readInstanceId(userFolder);
	await waitUntil('the delivery to fail', async () => {
		const route = '/api/deliveries?state=failed';
		const { deliveries } = await readFromRunner<DeliveryList>(userFolder, route, id);
		return deliveries.find((delivery) => delivery.url === url);
	});
}

function toOutcome({ json }: { json: unknown }) {
	const { url, attempts } = json as DeliveryView;
	return { url, status: attempts.at(-1)?.status };
}
