import { Webhook } from 'standardwebhooks';
import { createSecret, isSecret } from '../../../contract';
import type { ReceivedCall } from './support/WebhookReceiver';
import { INSTANCE, WebhooksFixture } from './support/WebhooksFixture';

const headersOf = ({ headers }: ReceivedCall) => headers as Record<string, string>;

describe('Subscriptions', () => {
	let fixture: WebhooksFixture;

	afterEach(() => fixture.stop());

	const subscriptions = () => fixture.webhooks.subscriptions;
	const REQUEST = { url: 'https://example.com/hook', events: ['received', 'sent'] as const };
	const request = { ...REQUEST, events: [...REQUEST.events] };

	test('are created with a secret of their own or a given one, listed, read and removed', async () => {
		fixture = await WebhooksFixture.create();
		const { secret, ...view } = await subscriptions().create(INSTANCE, {
			...request,
			filters: { includeGroups: false },
		});
		expect(isSecret(secret)).toBe(true);
		expect(view).toMatchObject({
			url: request.url,
			events: ['sent', 'received'],
			filters: { includeGroups: false },
			disabled: null,
		});
		expect(subscriptions().get(INSTANCE, view.id)).toEqual(view);
		const own = createSecret();
		const second = await subscriptions().create(INSTANCE, { ...request, secret: own });
		expect(second.secret).toBe(own);
		expect(
			subscriptions()
				.list(INSTANCE)
				.map(({ id }) => id),
		).toEqual([view.id, second.id]);
		await subscriptions().remove(INSTANCE, view.id);
		expect(
			subscriptions()
				.list(INSTANCE)
				.map(({ id }) => id),
		).toEqual([second.id]);
	});

	test('an instance may have a hundred of them, also when they are made at once', async () => {
		fixture = await WebhooksFixture.create();
		const calls = Array.from({ length: 120 }, () => subscriptions().create(INSTANCE, request));
		const outcomes = await Promise.allSettled(calls);
		const refused = outcomes.flatMap((each) =>
			each.status === 'rejected' ? [each.reason as unknown] : [],
		);
		expect(refused).toHaveLength(20);
		expect(refused[0]).toMatchObject({ code: 'too_many_subscriptions' });
		const [first, ...rest] = subscriptions().list(INSTANCE);
		expect(rest).toHaveLength(99);
		await subscriptions().remove(INSTANCE, first!.id);
		await subscriptions().create(INSTANCE, request);
		expect(subscriptions().list(INSTANCE)).toHaveLength(100);
	});

	test('a bad secret or address is refused and nothing is written', async () => {
		fixture = await WebhooksFixture.create();
		const refused = (part: object, code: string) =>
			expect(subscriptions().create(INSTANCE, { ...request, ...part })).rejects.toMatchObject({
				code,
			});
		await refused({ secret: 'whsec_short' }, 'invalid_body');
		await refused({ secret: 'plain' }, 'invalid_body');
		await refused({ url: 'http://example.com/' }, 'https_webhook_required');
		await refused({ url: 'http://localhost:5678/' }, 'https_webhook_required');
		await refused({ url: 'https://192.168.0.1/' }, 'webhook_address_refused');
		expect(subscriptions().list(INSTANCE)).toEqual([]);
	});

	test('belong to their instance alone', async () => {
		fixture = await WebhooksFixture.create();
		await fixture.addInstance('instance-2');
		const { id } = await subscriptions().create(INSTANCE, request);
		const notFound = { code: 'subscription_not_found' };
		expect(() => subscriptions().get('instance-2', id)).toThrow(
			expect.objectContaining(notFound) as Error,
		);
		await expect(subscriptions().remove('instance-2', id)).rejects.toMatchObject(notFound);
		await expect(subscriptions().rotateSecret('instance-2', id)).rejects.toMatchObject(notFound);
		expect(subscriptions().list(INSTANCE)).toHaveLength(1);
	});

	test('are called on loopback when the runner is embedded; the webhook URLs are not', async () => {
		fixture = await WebhooksFixture.create({
			config: { embedded: true, allowHttpHosts: [], allowPrivateHosts: [] },
		});
		const receiver = await fixture.subscribe();
		await fixture.emit('a');
		await fixture.webhooks.idle();
		expect(receiver.calls).toHaveLength(1);
		await expect(
			fixture.webhooks.config.setUrl(INSTANCE, 'received', receiver.url),
		).rejects.toMatchObject({ code: 'https_webhook_required' });
	});

	test('only get what they asked for', async () => {
		fixture = await WebhooksFixture.create();
		const receiver = await fixture.startReceiver();
		await subscriptions().create(INSTANCE, {
			url: receiver.url,
			events: ['received', 'connected'],
			filters: { chats: ['15550001234'] },
		});
		const other = fixture.body('15550009999@s.whatsapp.net');
		Object.assign(other, {
			number: '15550009999',
			sender: { phone: '15550009999', lid: null, name: null },
		});
		await fixture.emit(
			other,
			fixture.body('15550001234@s.whatsapp.net'),
			fixture.body('', 'connected'),
			fixture.body('', 'disconnected'),
		);
		await fixture.webhooks.idle();
		expect(receiver.calls.map(({ event }) => event.event).sort()).toEqual([
			'connected',
			'received',
		]);
	});

	test('one that was removed is told nothing more', async () => {
		fixture = await WebhooksFixture.create();
		const receiver = await fixture.startReceiver();
		receiver.answer = (_call, response) => void response.writeHead(500).end();
		const { id } = await subscriptions().create(INSTANCE, { ...request, url: receiver.url });
		await fixture.emit('a');
		await fixture.webhooks.idle();
		await subscriptions().remove(INSTANCE, id);
		await fixture.emit('a');
		await fixture.pass(86_400_000);
		expect(receiver.calls).toHaveLength(1);
	});

	test('what waits for one goes to its new URL in order, and neither id nor secret change', async () => {
		fixture = await WebhooksFixture.create({ config: { embedded: true } });
		const before = await fixture.startReceiver();
		const after = await fixture.startReceiver();
		const { id, secret } = await subscriptions().create(INSTANCE, {
			url: before.url,
			events: ['received'],
		});
		before.answer = (_call, response) => void response.writeHead(500).end();
		const ids = await fixture.emit('a', 'a', 'a');
		await fixture.webhooks.idle();
		expect(await subscriptions().update(INSTANCE, id, { url: after.url })).toMatchObject({
			id,
			url: after.url,
			events: ['received'],
		});
		await fixture.webhooks.idle();
		expect(before.calls).toHaveLength(1);
		expect(after.eventIds()).toEqual(ids);
		expect(
			new Webhook(secret).verify(after.calls[0]!.body, headersOf(after.calls[0]!)),
		).toBeTruthy();
	});

	test('events and filters change for what comes; a disabled one is enabled with all that was held', async () => {
		fixture = await WebhooksFixture.create();
		const receiver = await fixture.subscribe(['received', 'sent']);
		const id = subscriptions().list(INSTANCE)[0]!.id;
		receiver.answer = (_call, response) => void response.writeHead(410).end();
		await fixture.emit('a', 'a');
		await fixture.webhooks.idle();
		expect(subscriptions().get(INSTANCE, id).disabled).toBe('gone');
		receiver.answer = (_call, response) => void response.end();
		await subscriptions().update(INSTANCE, id, {
			events: ['received'],
			filters: { chats: ['15550001111'] },
		});
		await fixture.webhooks.idle();
		expect(subscriptions().get(INSTANCE, id)).toMatchObject({
			disabled: null,
			events: ['received'],
			filters: { chats: ['15550001111'] },
		});
		expect(receiver.calls).toHaveLength(2);
		await fixture.emit(fixture.body('a', 'sent'), 'b');
		await fixture.webhooks.idle();
		expect(receiver.calls).toHaveLength(2);
	});

	test('a refused change leaves everything as it was', async () => {
		fixture = await WebhooksFixture.create();
		const { id } = await subscriptions().create(INSTANCE, request);
		const before = subscriptions().get(INSTANCE, id);
		await expect(
			subscriptions().update(INSTANCE, id, { url: 'https://10.0.0.1/', events: ['status'] }),
		).rejects.toMatchObject({ code: 'webhook_address_refused' });
		await expect(subscriptions().update('instance-2', id, {})).rejects.toMatchObject({
			code: 'subscription_not_found',
		});
		expect(subscriptions().get(INSTANCE, id)).toEqual(before);
	});

	test('a rotated secret signs at once, beside the old one', async () => {
		fixture = await WebhooksFixture.create();
		const receiver = await fixture.startReceiver();
		const { id } = await subscriptions().create(INSTANCE, { ...request, url: receiver.url });
		await fixture.emit('a');
		await fixture.webhooks.idle();
		const { secret } = await subscriptions().rotateSecret(INSTANCE, id);
		expect(isSecret(secret)).toBe(true);
		await fixture.emit('a');
		await fixture.webhooks.idle();
		const counts = receiver.calls.map(
			({ headers }) => String(headers['webhook-signature']).split(' ').length,
		);
		expect(counts).toEqual([1, 2]);
	});
});
