import { createSecret, isSecret } from '../../../contract';
import { INSTANCE, WebhooksFixture } from './support/WebhooksFixture';

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
