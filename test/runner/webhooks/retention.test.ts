import pino from 'pino';
import { Registry } from 'prom-client';
import type { DeliveryState } from '../../../contract';
import type { WebhookReceiver } from './support/WebhookReceiver';
import { INSTANCE, WebhooksFixture } from './support/WebhooksFixture';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('how long deliveries are kept', () => {
	let fixture: WebhooksFixture;
	let registry: Registry;
	let log: Array<{ deliveries?: number; msg: string }>;

	const create = async (config: { ttlDays?: number; schedule?: number[] } = {}) => {
		registry = new Registry();
		log = [];
		const write = (line: string) => void log.push(JSON.parse(line) as (typeof log)[number]);
		const logger = pino({ level: 'warn' }, { write });
		fixture = await WebhooksFixture.create({ registry, logger, config });
	};
	afterEach(() => fixture.stop());

	const answer = (receiver: WebhookReceiver, status: number) => {
		receiver.answer = (_call, response) => void response.writeHead(status).end();
	};
	const sweep = () => fixture.webhooks.expireOldEvents(fixture.clock.now());
	const count = (state?: DeliveryState) =>
		fixture.webhooks.deliveries.list(INSTANCE, { limit: 200, ...(state && { state }) }).deliveries
			.length;
	const countEvents = () => fixture.database.all('SELECT id FROM events').length;
	const metric = async (name: string) =>
		(await registry.getSingleMetric(name)?.get())?.values[0]?.value;

	test('what is pending outlives any time to live that is shorter than its schedule', async () => {
		await create({ ttlDays: 0.01 });
		const receiver = await fixture.subscribe();
		answer(receiver, 500);
		const ids = await fixture.emit('a', 'b');
		for (const waitS of [5, 300, 1800]) {
			await fixture.pass(waitS * 1000);
			await sweep();
		}
		expect(count('pending')).toBe(2);
		answer(receiver, 200);
		receiver.calls.length = 0;
		await fixture.pass(7_200_000);
		expect(receiver.eventIds().sort()).toEqual(ids.sort());
	});

	test('thirty days count from the outcome: the whole of them is left after the last attempt', async () => {
		await create();
		const receiver = await fixture.subscribe();
		answer(receiver, 500);
		await fixture.emit('a');
		for (const waitS of [5, 300, 1800, 7200]) await fixture.pass(waitS * 1000);
		expect(count('failed')).toBe(1);
		fixture.clock.advance(30 * DAY_MS - 1);
		await sweep();
		expect(count('failed')).toBe(1);
		fixture.clock.advance(1);
		await sweep();
		expect(countEvents()).toBe(0);
	});

	test('what goes although nobody has accepted it is logged and counted, by number alone', async () => {
		await create({ schedule: [0] });
		const receiver = await fixture.subscribe();
		answer(receiver, 500);
		await fixture.emit('a', 'b', 'c');
		await fixture.webhooks.idle();
		answer(receiver, 200);
		await fixture.emit('d');
		await fixture.webhooks.idle();
		fixture.clock.advance(30 * DAY_MS);
		await sweep();
		await sweep();
		expect(count()).toBe(0);
		const said = log.filter(({ deliveries }) => deliveries !== undefined);
		expect(said).toMatchObject([
			{ deliveries: 3, msg: 'Failed deliveries were deleted: their time is over' },
		]);
		expect(await metric('aww_webhook_deliveries_expired_total')).toBe(3);
		expect(await metric('aww_webhook_deliveries_given_up_total')).toBe(0);
	});

	test('an event lives as long as any delivery of it', async () => {
		await create({ schedule: [0, 5, 172_800] });
		const [well, failing] = [await fixture.subscribe(), await fixture.subscribe()];
		answer(failing, 500);
		await fixture.emit('a');
		await fixture.pass(5_000);
		await fixture.pass(2 * DAY_MS);
		expect([count('delivered'), count('failed')]).toEqual([1, 1]);
		fixture.clock.advance(29 * DAY_MS);
		await sweep();
		answer(failing, 200);
		failing.calls.length = 0;
		await fixture.webhooks.deliveries.redeliverMany(INSTANCE, {});
		await fixture.webhooks.idle();
		expect(failing.calls[0]?.body).toBe(well.calls[0]?.body);
	});

	test('a receiver that never comes back fills no disk: what waits while it fails as a whole ends after thirty days, and goes after thirty more', async () => {
		await create();
		const receiver = await fixture.subscribe();
		answer(receiver, 503);
		const chats = Array.from({ length: 40 }, (_, n) => `chat ${n % 20}`);
		await fixture.emit(...chats);
		for (let day = 0; day < 29; day++) {
			await fixture.pass(DAY_MS);
			await sweep();
		}
		expect(fixture.webhooks.health().failingReceivers).toBe(1);
		expect(count()).toBe(40);
		const before = count('pending');
		expect(before).toBeGreaterThan(20);
		await fixture.pass(DAY_MS);
		await sweep();
		expect([count('pending'), count('failed')]).toEqual([0, 40]);
		expect(log.filter(({ deliveries }) => deliveries === before)).toMatchObject([
			{ msg: 'Deliveries have failed: their receivers have been away or disabled for too long' },
		]);
		expect(await metric('aww_webhook_deliveries_given_up_total')).toBe(before);
		fixture.clock.advance(30 * DAY_MS);
		await sweep();
		expect(countEvents()).toBe(0);
		expect(await metric('aww_webhook_deliveries_expired_total')).toBe(40);
	});

	test('what was given up can be delivered again, in the lane that had it in memory as well', async () => {
		await create();
		const receiver = await fixture.subscribe();
		answer(receiver, 503);
		const ids = await fixture.emit(...Array.from({ length: 20 }, (_, n) => `chat ${n}`));
		await fixture.webhooks.idle();
		fixture.clock.advance(30 * DAY_MS);
		await fixture.webhooks.idle();
		await sweep();
		expect(count('pending')).toBe(0);
		answer(receiver, 200);
		receiver.calls.length = 0;
		await fixture.webhooks.deliveries.redeliverMany(INSTANCE, {});
		await fixture.pass(HOUR_MS);
		await fixture.pass(0);
		expect(new Set(receiver.eventIds())).toEqual(new Set(ids));
		expect(count('delivered')).toBe(20);
	});

	test('what is kept for a disabled receiver ends as well; until then it goes out when it is enabled', async () => {
		await create();
		const receiver = await fixture.subscribe();
		const { subscriptions } = fixture.webhooks;
		answer(receiver, 410);
		await fixture.emit('a', 'a');
		await fixture.webhooks.idle();
		fixture.clock.advance(29 * DAY_MS);
		await sweep();
		const late = await fixture.emit('b');
		fixture.clock.advance(DAY_MS);
		await sweep();
		expect([count('pending'), count('failed')]).toEqual([1, 1]);
		answer(receiver, 200);
		receiver.calls.length = 0;
		await subscriptions.update(INSTANCE, subscriptions.list(INSTANCE)[0]!.id, {});
		await fixture.webhooks.idle();
		expect(receiver.eventIds()).toEqual(late);
	});
});
