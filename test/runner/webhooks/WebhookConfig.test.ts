import { Webhook } from 'standardwebhooks';
import { EVENT_NAMES } from '../../../contract';
import { toEvent } from './support/toEvent';
import { INSTANCE, WebhooksFixture } from './support/WebhooksFixture';

describe('the five webhook URLs', () => {
	let fixture: WebhooksFixture;

	beforeEach(async () => {
		fixture = await WebhooksFixture.create();
	});
	afterEach(() => fixture.stop());

	const config = () => fixture.webhooks.config;
	const EMPTY = { URL: null, disabled: null, failing: null };

	test('are all shown, set and cleared one by one', async () => {
		expect(config().read(INSTANCE)).toEqual(
			Object.fromEntries(EVENT_NAMES.map((event) => [event, EMPTY])),
		);
		await config().setUrl(INSTANCE, 'sent', 'https://example.com/hook');
		expect(config().read(INSTANCE)).toMatchObject({
			sent: { URL: 'https://example.com/hook', disabled: null, failing: null },
			received: EMPTY,
		});
		await config().setUrl(INSTANCE, 'sent', null);
		expect(config().read(INSTANCE).sent).toEqual(EMPTY);
	});

	test.each([
		['http://example.com/', 'https_webhook_required'],
		['nonsense', 'https_webhook_required'],
		['https://10.0.0.1/', 'webhook_address_refused'],
		['https://localhost/', 'webhook_address_refused'],
	])('%s is refused with %s, and nothing changes', async (url, code) => {
		await config().setUrl(INSTANCE, 'sent', 'https://example.com/hook');
		await expect(config().setUrl(INSTANCE, 'sent', url)).rejects.toMatchObject({ code });
		expect(() =>
			config().stageUrls(INSTANCE, { sent: 'https://example.com/', status: url }),
		).toThrow(expect.objectContaining({ code }) as Error);
		expect(config().read(INSTANCE).sent.URL).toBe('https://example.com/hook');
	});

	test('are set together with the rows of a new instance', async () => {
		const receiver = await fixture.startReceiver();
		const staged = config().stageUrls(INSTANCE, { received: receiver.url, sent: null });
		await fixture.database.write(staged.statements);
		staged.announce();
		await fixture.emit('a');
		await fixture.webhooks.idle();
		expect(receiver.calls).toHaveLength(1);
		expect(config().read(INSTANCE).sent).toEqual(EMPTY);
	});

	test('what waits for an old URL goes to the new one at once, in order', async () => {
		const dead = await fixture.startReceiver();
		dead.answer = (_call, response) => void response.writeHead(500).end();
		await config().setUrl(INSTANCE, 'received', dead.url);
		const ids = await fixture.emit('a', 'a', 'a');
		await fixture.webhooks.idle();
		const receiver = await fixture.startReceiver();
		await config().setUrl(INSTANCE, 'received', receiver.url);
		await fixture.webhooks.idle();
		expect(receiver.eventIds()).toEqual(ids);
		expect(dead.calls).toHaveLength(1);
		expect(fixture.webhooks.deliveries.list(INSTANCE, { limit: 1 }).deliveries[0]).toMatchObject({
			url: receiver.url,
			state: 'delivered',
		});
	});

	test('an event that was stored while its URL changed goes to the new one', async () => {
		const old = await fixture.startReceiver();
		await config().setUrl(INSTANCE, 'received', old.url);
		const body = fixture.body('a');
		const staged = fixture.webhooks.outbox.stage(toEvent(body, 'a'));
		const receiver = await fixture.startReceiver();
		await config().setUrl(INSTANCE, 'received', receiver.url);
		await fixture.database.write(staged.statements);
		staged.announce();
		await fixture.webhooks.idle();
		expect(receiver.eventIds()).toEqual([body.eventId]);
		expect(old.calls).toHaveLength(0);
	});

	test('of two changes at a time the later one counts, and nothing waits for the earlier one', async () => {
		const first = await fixture.startReceiver();
		first.answer = (_call, response) => void response.writeHead(500).end();
		await config().setUrl(INSTANCE, 'received', first.url);
		const ids = await fixture.emit('a', 'a');
		await fixture.webhooks.idle();
		const second = await fixture.startReceiver();
		second.answer = () => undefined;
		const third = await fixture.startReceiver();
		await Promise.all([
			config().setUrl(INSTANCE, 'received', second.url),
			config().setUrl(INSTANCE, 'received', third.url),
		]);
		await fixture.webhooks.idle();
		expect(config().read(INSTANCE).received.URL).toBe(third.url);
		expect(third.eventIds()).toEqual(ids);
	});

	test('a cleared URL is told nothing more; what waited for it has failed and is kept', async () => {
		const receiver = await fixture.startReceiver();
		receiver.answer = (_call, response) => void response.writeHead(500).end();
		await config().setUrl(INSTANCE, 'received', receiver.url);
		await fixture.emit('a');
		await fixture.webhooks.idle();
		await config().setUrl(INSTANCE, 'received', null);
		await fixture.emit('a');
		await fixture.pass(86_400_000);
		expect(receiver.calls).toHaveLength(1);
		const { deliveries } = fixture.webhooks.deliveries.list(INSTANCE, { limit: 10 });
		expect(deliveries).toMatchObject([{ state: 'failed', nextAttemptAt: null }]);
		await expect(
			fixture.webhooks.deliveries.redeliver(INSTANCE, deliveries[0]!.id),
		).rejects.toMatchObject({ code: 'webhook_not_set' });
	});

	test('changing a URL does not wait for a receiver that hangs', async () => {
		const hanging = await fixture.startReceiver();
		hanging.answer = () => undefined;
		await config().setUrl(INSTANCE, 'received', hanging.url);
		const [id] = await fixture.emit('a');
		await hanging.waitForCalls(1);
		const receiver = await fixture.startReceiver();
		await config().setUrl(INSTANCE, 'received', receiver.url);
		await fixture.webhooks.idle();
		expect(receiver.eventIds()).toEqual([id]);
	});

	test.each(EVENT_NAMES)('a test of %s sends a signed sample, stored nowhere', async (event) => {
		const receiver = await fixture.startReceiver();
		receiver.answer = (_call, response) => void response.writeHead(202).end('thanks');
		await config().setUrl(INSTANCE, event, receiver.url);
		expect(await config().test(INSTANCE, event)).toMatchObject({
			delivered: true,
			status: 202,
			error: null,
			answer: 'thanks',
		});
		const call = receiver.calls[0]!;
		expect(
			new Webhook(fixture.secret).verify(call.body, call.headers as Record<string, string>),
		).toMatchObject({
			event,
			test: true,
			eventId: call.headers['webhook-id'],
			instanceId: INSTANCE,
		});
		expect(fixture.webhooks.deliveries.list(INSTANCE, { limit: 1 }).deliveries).toEqual([]);
	});

	test('a test reports a receiver that fails, and refuses an empty slot', async () => {
		await expect(config().test(INSTANCE, 'sent')).rejects.toMatchObject({
			code: 'webhook_not_set',
		});
		await config().setUrl(INSTANCE, 'sent', 'http://127.0.0.1:1/');
		expect(await config().test(INSTANCE, 'sent')).toMatchObject({
			delivered: false,
			status: null,
			answer: null,
		});
	});
});
