import { Registry } from 'prom-client';
import type { DeliveryFilter } from '../../../runner/http/ports';
import type { WebhookReceiver } from './support/WebhookReceiver';
import { INSTANCE, WebhooksFixture } from './support/WebhooksFixture';

describe('Deliveries', () => {
	let fixture: WebhooksFixture;
	let receiver: WebhookReceiver;

	beforeEach(async () => {
		fixture = await WebhooksFixture.create({ config: { schedule: [0] } });
		receiver = await fixture.subscribe(['received', 'sent']);
	});
	afterEach(() => fixture.stop());

	const deliveries = () => fixture.webhooks.deliveries;
	const redeliverMany = (filter: DeliveryFilter) => deliveries().redeliverMany(INSTANCE, filter);
	const fail = () => {
		receiver.answer = (_call, response) => void response.writeHead(500).end();
	};
	const succeed = () => {
		receiver.answer = (_call, response) => void response.end();
	};

	test('are listed newest first, page by page, each once', async () => {
		const ids: string[] = [];
		for (let n = 0; n < 7; n++) ids.push(...(await fixture.emit('a')));
		await fixture.webhooks.idle();
		const seen: string[] = [];
		let before: string | null | undefined;
		do {
			const page = deliveries().list(INSTANCE, { limit: 3, ...(before ? { before } : {}) });
			expect(page.deliveries.length).toBeLessThanOrEqual(3);
			seen.push(...page.deliveries.map(({ eventId }) => eventId));
			before = page.next;
		} while (before !== null);
		expect(seen).toEqual(ids.reverse());
	});

	test('can be narrowed to a state and an event', async () => {
		await fixture.emit('a');
		await fixture.webhooks.idle();
		fail();
		await fixture.emit(fixture.body('a', 'sent'));
		await fixture.webhooks.idle();
		const events = (query: object) =>
			deliveries()
				.list(INSTANCE, { limit: 10, ...query })
				.deliveries.map(({ event }) => event);
		expect(events({ state: 'delivered' })).toEqual(['received']);
		expect(events({ state: 'failed' })).toEqual(['sent']);
		expect(events({ state: 'pending' })).toEqual([]);
		expect(events({ event: 'sent' })).toEqual(['sent']);
		expect(events({ event: 'sent', state: 'delivered' })).toEqual([]);
	});

	test('can be narrowed to a time, both ends included', async () => {
		const times: number[] = [];
		const ids: string[] = [];
		for (const chat of ['a', 'b', 'c']) {
			times.push(fixture.clock.now());
			ids.push(...(await fixture.emit(chat)));
			fixture.clock.advance(60_000);
		}
		await fixture.webhooks.idle();
		const events = (query: object) =>
			deliveries()
				.list(INSTANCE, { limit: 10, ...query })
				.deliveries.map(({ eventId }) => ids.indexOf(eventId));
		const [first, second] = times as [number, number, number];
		expect(events({ since: second })).toEqual([2, 1]);
		expect(events({ until: second })).toEqual([1, 0]);
		expect(events({ since: second, until: second })).toEqual([1]);
		expect(events({ until: first - 1 })).toEqual([]);
	});

	test.each(['', 'dlv_', 'dlv_zzzzzzzzzzzzzzz', '12', "x' OR 1"])(
		'a page cursor that is none is refused: %s',
		(before) => {
			expect(() => deliveries().list(INSTANCE, { limit: 1, before })).toThrow(
				expect.objectContaining({ code: 'invalid_query' }) as Error,
			);
		},
	);

	test('of another instance are neither seen nor delivered again', async () => {
		await fixture.emit('a');
		await fixture.webhooks.idle();
		const { id } = deliveries().list(INSTANCE, { limit: 1 }).deliveries[0]!;
		await fixture.addInstance('instance-2');
		expect(deliveries().list('instance-2', { limit: 1 }).deliveries).toEqual([]);
		await expect(deliveries().redeliver('instance-2', id)).rejects.toMatchObject({
			code: 'delivery_not_found',
		});
		await expect(deliveries().redeliver(INSTANCE, 'dlv_00000zzz')).rejects.toMatchObject({
			code: 'delivery_not_found',
		});
	});

	test('one that was delivered can be delivered again', async () => {
		await fixture.emit('a');
		await fixture.webhooks.idle();
		const { id } = deliveries().list(INSTANCE, { limit: 1 }).deliveries[0]!;
		await deliveries().redeliver(INSTANCE, id);
		await fixture.webhooks.idle();
		expect(receiver.calls).toHaveLength(2);
		expect(receiver.calls[1]!.body).toBe(receiver.calls[0]!.body);
		expect(deliveries().list(INSTANCE, { limit: 1 }).deliveries[0]).toMatchObject({
			state: 'delivered',
			attempts: [{ status: 200 }, { status: 200 }],
		});
	});

	test('all that failed are delivered again together, or those of an event or a time', async () => {
		fail();
		await fixture.emit('a', 'b');
		await fixture.webhooks.idle();
		fixture.clock.advance(60_000);
		const since = fixture.clock.now();
		await fixture.emit(fixture.body('c', 'sent'), 'd');
		await fixture.webhooks.idle();
		succeed();
		receiver.calls.length = 0;
		expect(await redeliverMany({ event: 'sent' })).toEqual({ redelivered: 1, skipped: 0 });
		expect(await redeliverMany({ since })).toEqual({ redelivered: 1, skipped: 0 });
		await fixture.webhooks.idle();
		expect(receiver.calls).toHaveLength(2);
		expect(await redeliverMany({ until: since - 1 })).toEqual({ redelivered: 2, skipped: 0 });
		await fixture.webhooks.idle();
		expect(receiver.calls).toHaveLength(4);
		expect(await redeliverMany({})).toEqual({ redelivered: 0, skipped: 0 });
	});

	test('one that failed can be delivered again for thirty days, byte for byte, one by one and together', async () => {
		fail();
		await fixture.emit('a', 'b');
		await fixture.webhooks.idle();
		const [first, second] = deliveries().list(INSTANCE, { limit: 2, state: 'failed' }).deliveries;
		const [body] = receiver.calls.map((call) => call.body);
		succeed();
		const sweep = () => fixture.webhooks.expireOldEvents(fixture.clock.now());
		fixture.clock.advance(30 * 86_400_000 - 1);
		await sweep();
		await fixture.restart();
		await deliveries().redeliver(INSTANCE, second!.id);
		await fixture.webhooks.idle();
		expect(receiver.calls.at(-1)!.body).toBe(body);
		expect(await redeliverMany({ state: 'failed' })).toEqual({ redelivered: 1, skipped: 0 });
		await fixture.webhooks.idle();
		expect(receiver.calls).toHaveLength(4);
		// Their second chance was their last outcome: it counts from that.
		fixture.clock.advance(30 * 86_400_000);
		await sweep();
		await expect(deliveries().redeliver(INSTANCE, first!.id)).rejects.toMatchObject({
			code: 'delivery_not_found',
		});
	});

	test('those whose receiver was removed are told apart, and stay as they are', async () => {
		fail();
		const other = await fixture.subscribe();
		await fixture.emit('a', 'b');
		await fixture.webhooks.idle();
		const [subscription] = fixture.webhooks.subscriptions.list(INSTANCE);
		await fixture.webhooks.subscriptions.remove(INSTANCE, subscription!.id);
		expect(await redeliverMany({})).toEqual({ redelivered: 0, skipped: 2 });
		expect(other.calls).toHaveLength(2);
		const failed = deliveries().list(INSTANCE, { limit: 10, state: 'failed' }).deliveries;
		expect(failed).toHaveLength(2);
		await expect(deliveries().redeliver(INSTANCE, failed[0]!.id)).rejects.toMatchObject({
			code: 'subscription_not_found',
		});
	});

	test('a repeat on request is no late delivery in the metrics', async () => {
		const registry = new Registry();
		await fixture.stop();
		fixture = await WebhooksFixture.create({ registry });
		receiver = await fixture.subscribe();
		await fixture.emit('a');
		await fixture.webhooks.idle();
		fixture.clock.advance(86_400_000);
		const { id } = deliveries().list(INSTANCE, { limit: 1 }).deliveries[0]!;
		await deliveries().redeliver(INSTANCE, id);
		await fixture.webhooks.idle();
		expect(receiver.calls).toHaveLength(2);
		const text = await registry.metrics();
		expect(text).toContain('aww_webhook_event_to_delivered_seconds_count 1');
		expect(text).toContain('aww_webhook_attempts_total{kind="success"} 2');
	});

	test('one that waits is sent at once, and only once', async () => {
		await fixture.stop();
		fixture = await WebhooksFixture.create();
		receiver = await fixture.subscribe();
		fail();
		const [first] = await fixture.emit('a', 'a');
		await fixture.webhooks.idle();
		succeed();
		const id = deliveries()
			.list(INSTANCE, { limit: 2 })
			.deliveries.find(({ eventId }) => eventId === first)!.id;
		await deliveries().redeliver(INSTANCE, id);
		await fixture.pass(60_000);
		expect(receiver.calls).toHaveLength(3);
		expect(deliveries().list(INSTANCE, { limit: 2, state: 'delivered' }).deliveries).toHaveLength(
			2,
		);
	});
});
