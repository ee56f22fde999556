import { Webhook } from 'standardwebhooks';
import { INSTANCE, WebhooksFixture } from './support/WebhooksFixture';

describe('Webhooks', () => {
	let fixture: WebhooksFixture;

	afterEach(() => fixture.stop());

	test('an event reaches its webhook URL once, signed, and is marked delivered', async () => {
		fixture = await WebhooksFixture.create();
		const receiver = await fixture.startReceiver();
		await fixture.webhooks.config.setUrl(INSTANCE, 'received', receiver.url);
		const [eventId] = await fixture.emit('a');
		await fixture.webhooks.idle();
		expect(receiver.calls).toHaveLength(1);
		const call = receiver.calls[0]!;
		expect(call.headers).toMatchObject({
			'webhook-id': eventId,
			'content-type': 'application/json',
		});
		const nowMs = jest.spyOn(Date, 'now').mockReturnValue(fixture.clock.now());
		expect(
			new Webhook(fixture.secret).verify(call.body, call.headers as Record<string, string>),
		).toMatchObject({ eventId });
		nowMs.mockRestore();
		const { deliveries } = fixture.webhooks.deliveries.list(INSTANCE, { limit: 10 });
		expect(deliveries).toMatchObject([
			{ eventId, event: 'received', state: 'delivered', nextAttemptAt: null },
		]);
		expect(deliveries[0]!.attempts).toMatchObject([{ status: 200, error: null, answer: 'ok' }]);
	});
});
