import { Registry } from 'prom-client';
import { Webhook } from 'standardwebhooks';
import { createSecret } from '../../../contract';
import { AddressGuard } from '../../../runner/address';
import type { ReceivedCall } from './support/WebhookReceiver';
import { toEvent } from './support/toEvent';
import { INSTANCE, WebhooksFixture } from './support/WebhooksFixture';

const verify = (secret: string, { body, headers }: ReceivedCall) =>
	new Webhook(secret).verify(body, headers as Record<string, string>);

describe('Webhooks', () => {
	let fixture: WebhooksFixture;

	beforeEach(async () => {
		fixture = await WebhooksFixture.create();
	});
	afterEach(() => fixture.stop());

	const list = () => fixture.webhooks.deliveries.list(INSTANCE, { limit: 100 }).deliveries;

	test('an event reaches its webhook URL once, signed, and is marked delivered', async () => {
		const receiver = await fixture.startReceiver();
		await fixture.webhooks.config.setUrl(INSTANCE, 'received', receiver.url);
		const [eventId] = await fixture.emit('a');
		await fixture.webhooks.idle();
		expect(receiver.calls).toHaveLength(1);
		expect(receiver.calls[0]!.headers['webhook-id']).toBe(eventId);
		expect(verify(fixture.secret, receiver.calls[0]!)).toMatchObject({ eventId });
		expect(list()).toMatchObject([
			{
				eventId,
				event: 'received',
				url: receiver.url,
				state: 'delivered',
				nextAttemptAt: null,
				attempts: [{ status: 200, error: null, answer: 'ok' }],
			},
		]);
	});

	test('all receivers of an event get it, each signed with its own secret', async () => {
		const slot = await fixture.startReceiver();
		await fixture.webhooks.config.setUrl(INSTANCE, 'sent', slot.url);
		const own = await fixture.startReceiver();
		const secret = createSecret();
		const { subscriptions } = fixture.webhooks;
		await subscriptions.create(INSTANCE, { url: own.url, events: ['sent', 'status'], secret });
		const other = await fixture.subscribe(['connected']);
		await fixture.emit(fixture.body('a', 'sent'));
		await fixture.webhooks.idle();
		expect(verify(fixture.secret, slot.calls[0]!)).toBeTruthy();
		expect(verify(secret, own.calls[0]!)).toBeTruthy();
		expect(() => verify(fixture.secret, own.calls[0]!)).toThrow();
		expect(own.calls[0]!.body).toBe(slot.calls[0]!.body);
		expect(other.calls).toHaveLength(0);
	});

	test('an event that nobody is told of leaves no row, and its body is not even made', async () => {
		await fixture.subscribe(['connected']);
		let isMade = false;
		const staged = fixture.webhooks.outbox.stage({
			...toEvent(fixture.body('a')),
			toBody() {
				isMade = true;
				return fixture.body('a');
			},
		});
		expect(staged.statements).toEqual([]);
		expect(isMade).toBe(false);
		staged.announce();
	});

	test('events of one instance never reach the receivers of another', async () => {
		await fixture.addInstance('instance-2');
		const receiver = await fixture.subscribe(['received'], 'instance-2');
		await fixture.emit('a');
		await fixture.webhooks.idle();
		expect(receiver.calls).toHaveLength(0);
	});

	test('an attempt that fails shows what the receiver said and when the next one is', async () => {
		const receiver = await fixture.subscribe();
		receiver.answer = (_call, response) => void response.writeHead(500).end('broken here');
		await fixture.emit('a');
		await fixture.webhooks.idle();
		expect(list()).toMatchObject([
			{
				state: 'pending',
				attempts: [{ status: 500, error: 'The receiver answered 500.', answer: 'broken here' }],
				nextAttemptAt: new Date(fixture.clock.now() + 5000).toISOString(),
			},
		]);
	});

	test('when the schedule is used up the delivery has failed, and can be delivered again', async () => {
		const receiver = await fixture.subscribe();
		receiver.answer = (_call, response) => void response.writeHead(500).end();
		await fixture.emit('a');
		for (const waitS of [5, 300, 1800, 7200, 86400]) await fixture.pass(waitS * 1000);
		expect(receiver.calls).toHaveLength(5);
		const [failed] = list();
		expect(failed).toMatchObject({ state: 'failed', nextAttemptAt: null });
		expect(failed!.attempts).toHaveLength(5);
		receiver.answer = (_call, response) => void response.end();
		await fixture.webhooks.deliveries.redeliver(INSTANCE, failed!.id);
		await fixture.webhooks.idle();
		expect(receiver.calls).toHaveLength(6);
		expect(receiver.calls[5]!.body).toBe(receiver.calls[0]!.body);
		expect(receiver.calls[5]!.headers['webhook-id']).toBe(receiver.calls[0]!.headers['webhook-id']);
		expect(list()).toMatchObject([{ state: 'delivered' }]);
	});

	test('Retry-After puts the next attempt off', async () => {
		const receiver = await fixture.subscribe();
		receiver.answer = (_call, response) =>
			void response.writeHead(429, { 'retry-after': '60' }).end();
		await fixture.emit('a');
		await fixture.pass(59_000);
		expect(receiver.calls).toHaveLength(1);
		await fixture.pass(1_000);
		expect(receiver.calls).toHaveLength(2);
	});

	test('410 disables the receiver and says so; what waits for it is kept and sent once it is set again', async () => {
		const receiver = await fixture.startReceiver();
		const { config } = fixture.webhooks;
		await config.setUrl(INSTANCE, 'received', receiver.url);
		receiver.answer = (_call, response) => void response.writeHead(410).end();
		const ids = await fixture.emit('a', 'a');
		await fixture.webhooks.idle();
		expect(config.read(INSTANCE).received).toMatchObject({
			URL: receiver.url,
			disabled: 'gone',
		});
		ids.push(...(await fixture.emit('b')));
		await fixture.pass(86_400_000);
		expect(receiver.calls).toHaveLength(1);
		expect(list().map(({ state, nextAttemptAt }) => [state, nextAttemptAt])).toEqual([
			['pending', null],
			['pending', null],
			['failed', null],
		]);
		receiver.answer = (_call, response) => void response.end();
		await config.setUrl(INSTANCE, 'received', receiver.url);
		await fixture.webhooks.idle();
		expect(config.read(INSTANCE).received.disabled).toBeNull();
		expect(receiver.eventIds().slice(1).sort()).toEqual(ids.slice(1).sort());
	});

	test('410 disables a subscription likewise, over a restart', async () => {
		const receiver = await fixture.subscribe();
		receiver.answer = (_call, response) => void response.writeHead(410).end();
		await fixture.emit('a', 'b');
		await fixture.webhooks.idle();
		await fixture.restart();
		await fixture.emit('a');
		await fixture.webhooks.idle();
		expect(fixture.webhooks.subscriptions.list(INSTANCE)).toMatchObject([{ disabled: 'gone' }]);
		expect(receiver.calls.length).toBeLessThanOrEqual(2);
	});

	test('after a rotation both secrets sign for a day, then the new one alone', async () => {
		const receiver = await fixture.startReceiver();
		await fixture.webhooks.config.setUrl(INSTANCE, 'received', receiver.url);
		const { secret, previousValidUntil } = await fixture.webhooks.config.rotateSecret(INSTANCE);
		expect(Date.parse(previousValidUntil)).toBe(fixture.clock.now() + 86_400_000);
		await fixture.emit('a');
		await fixture.webhooks.idle();
		expect(verify(secret, receiver.calls[0]!)).toBeTruthy();
		expect(verify(fixture.secret, receiver.calls[0]!)).toBeTruthy();
		await fixture.pass(86_400_000);
		await fixture.emit('a');
		await fixture.webhooks.idle();
		expect(receiver.calls[1]!.headers['webhook-signature']).not.toContain(' ');
	});

	test('a receiver whose host is not allowed any more is refused at the attempt', async () => {
		const receiver = await fixture.startReceiver();
		await fixture.database.write([
			{
				sql: `INSERT INTO webhook_slots (instance_id, event, url) VALUES (?, 'received', ?)`,
				params: [INSTANCE, receiver.url.replace('127.0.0.1', '127.0.0.2')],
			},
		]);
		await fixture.emit('a');
		await fixture.webhooks.idle();
		expect(list()).toMatchObject([{ state: 'pending', attempts: [{ status: null }] }]);
		expect(list()[0]!.attempts[0]!.error).toMatch(/HTTPS/);
	});

	test('an event that is stored a second time undoes nothing and is delivered under its one id', async () => {
		const receiver = await fixture.subscribe();
		const body = fixture.body('a');
		await fixture.emit(body);
		await fixture.emit(body, 'b');
		await fixture.webhooks.idle();
		expect(new Set(receiver.eventIds()).size).toBe(2);
		expect(list()).toHaveLength(2);
	});

	test('what is older than its time goes, deliveries included', async () => {
		const receiver = await fixture.subscribe();
		await fixture.emit('a');
		await fixture.webhooks.idle();
		const sweep = () => fixture.webhooks.expireOldEvents(fixture.clock.now());
		fixture.clock.advance(30 * 86_400_000 - 1);
		await sweep();
		expect(list()).toHaveLength(1);
		fixture.clock.advance(1);
		await sweep();
		expect(list()).toEqual([]);
		expect(fixture.database.all('SELECT * FROM events')).toEqual([]);
		expect(receiver.calls).toHaveLength(1);
	});

	test('an instance that was deleted is told nothing any more', async () => {
		const receiver = await fixture.subscribe();
		receiver.answer = (_call, response) => void response.writeHead(500).end();
		await fixture.emit('a');
		await fixture.webhooks.idle();
		await fixture.database.write([
			{ sql: 'DELETE FROM instances WHERE id = ?', params: [INSTANCE] },
		]);
		fixture.webhooks.config.forget(INSTANCE);
		await fixture.pass(86_400_000);
		expect(receiver.calls).toHaveLength(1);
		expect(fixture.clock.pendingTimers).toBe(0);
	});
});

test('a name that leads to a private address is not dialled', async () => {
	const guard = new AddressGuard({
		allowPrivateHosts: [],
		allowHttpHosts: ['rebound.example'],
		resolve: (_name, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
	});
	const fixture = await WebhooksFixture.create({ guard });
	const receiver = await fixture.startReceiver();
	const url = `http://rebound.example:${receiver.port}/`;
	await fixture.webhooks.config.setUrl(INSTANCE, 'received', url);
	await fixture.emit('a');
	await fixture.webhooks.idle();
	expect(receiver.connectionCount).toBe(0);
	expect(await fixture.webhooks.config.test(INSTANCE, 'received')).toMatchObject({
		delivered: false,
		error: expect.stringMatching(/private or reserved/) as string,
	});
	await fixture.stop();
});

test('the metrics count attempts and what is pending, without naming anybody', async () => {
	const registry = new Registry();
	const fixture = await WebhooksFixture.create({ registry });
	const good = await fixture.subscribe();
	const bad = await fixture.subscribe();
	bad.answer = (_call, response) => void response.writeHead(500).end();
	await fixture.emit('a');
	await fixture.webhooks.idle();
	fixture.clock.advance(4_000);
	const text = await registry.metrics();
	expect(text).toContain('aww_webhook_attempts_total{kind="success"} 1');
	expect(text).toContain('aww_webhook_attempts_total{kind="server_error"} 1');
	expect(text).toContain('aww_webhook_deliveries_pending 1');
	expect(text).toContain('aww_webhook_oldest_pending_seconds 4');
	expect(text).toContain('aww_webhook_event_to_delivered_seconds_count 1');
	expect(text).toContain('aww_webhook_receivers_failing 0');
	expect(fixture.webhooks.health()).toEqual({ oldestPendingMs: 4_000, failingReceivers: 0 });
	expect(text).not.toMatch(new RegExp(`127.0.0.1|${good.port}|${INSTANCE}`));
	await fixture.stop();
});
