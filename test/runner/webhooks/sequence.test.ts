import { INSTANCE, WebhooksFixture } from './support/WebhooksFixture';
import type { WebhookReceiver } from './support/WebhookReceiver';

describe('webhook-seq', () => {
	let fixture: WebhooksFixture;

	beforeEach(async () => {
		fixture = await WebhooksFixture.create();
	});
	afterEach(() => fixture.stop());

	const numbers = (receiver: WebhookReceiver) =>
		receiver.calls.map(({ headers }) => Number(headers['webhook-seq']));

	test('counts what each receiver is to get, whatever others get', async () => {
		const all = await fixture.subscribe(['received', 'sent']);
		const some = await fixture.subscribe(['sent']);
		for (const event of ['received', 'received', 'sent', 'received'] as const) {
			await fixture.emit(fixture.body('a', event));
			await fixture.webhooks.idle();
		}
		expect(numbers(all)).toEqual([1, 2, 1, 3]);
		expect(numbers(some)).toEqual([1]);
	});

	test('shows the gap that a failing event leaves, and closes it when that event comes', async () => {
		const receiver = await fixture.subscribe();
		let isFailing = true;
		receiver.answer = ({ headers }, response) =>
			void response.writeHead(isFailing && headers['webhook-seq'] === '2' ? 500 : 200).end();
		await fixture.emit('a', 'a', 'a');
		await fixture.pass(5_000);
		await fixture.pass(300_000);
		expect(numbers(receiver)).toEqual([1, 2, 2, 2, 3]);
		isFailing = false;
		await fixture.pass(1_800_000);
		expect(numbers(receiver)).toEqual([1, 2, 2, 2, 3, 2]);
		const bodies = receiver.calls.filter(({ headers }) => headers['webhook-seq'] === '2');
		expect(new Set(bodies.map(({ body }) => body)).size).toBe(1);
		const { deliveries } = fixture.webhooks.deliveries.list(INSTANCE, { limit: 10 });
		expect(deliveries.map(({ seq }) => seq)).toEqual([3, 2, 1]);
	});

	test('goes on after a restart, a new URL, and after everything has expired', async () => {
		const receiver = await fixture.startReceiver();
		const { config } = fixture.webhooks;
		await config.setUrl(INSTANCE, 'received', receiver.url);
		await fixture.emit('a');
		await config.setUrl(INSTANCE, 'received', `${receiver.url}/moved`);
		await fixture.emit('a');
		await fixture.restart();
		await fixture.emit('a');
		await fixture.webhooks.idle();
		await fixture.restart();
		fixture.clock.advance(31 * 86_400_000);
		await fixture.webhooks.expireOldEvents(fixture.clock.now());
		await fixture.restart();
		await fixture.emit('a');
		await fixture.webhooks.idle();
		expect(numbers(receiver)).toEqual([1, 2, 3, 4]);
	});

	test('nothing is kept of the numbers of a subscription that is gone', async () => {
		await fixture.subscribe();
		await fixture.emit('a');
		await fixture.webhooks.idle();
		const [{ id } = { id: '' }] = fixture.webhooks.subscriptions.list(INSTANCE);
		await fixture.webhooks.subscriptions.remove(INSTANCE, id);
		await fixture.webhooks.expireOldEvents(Infinity);
		expect(fixture.database.all('SELECT * FROM receiver_sequences')).toEqual([]);
	});

	test('a test of a URL has no number', async () => {
		const receiver = await fixture.startReceiver();
		await fixture.webhooks.config.setUrl(INSTANCE, 'received', receiver.url);
		await fixture.webhooks.config.test(INSTANCE, 'received');
		expect(receiver.calls[0]!.headers).not.toHaveProperty('webhook-seq');
	});
});
