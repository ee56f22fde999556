import { Registry } from 'prom-client';
import { Webhook } from 'standardwebhooks';
import { createSecret } from '../../../contract';
import { pino } from 'pino';
import { damage } from '../storage/encryption/support/damage';
import type { WebhookReceiver } from './support/WebhookReceiver';
import { INSTANCE, WebhooksFixture } from './support/WebhooksFixture';

const OTHER = 'instance-2';
const fail = (_call: unknown, response: { writeHead(status: number): { end(): void } }) =>
	void response.writeHead(500).end();
const succeed = (_call: unknown, response: { end(): void }) => void response.end();

describe('damaged values', () => {
	let fixture: WebhooksFixture;
	let lines: Array<{ level: number; msg: string; [field: string]: unknown }>;

	beforeEach(async () => {
		lines = [];
		const write = (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[0]);
		fixture = await WebhooksFixture.create({ logger: pino({ level: 'warn' }, { write }) });
		await fixture.addInstance(OTHER);
	});
	afterEach(() => fixture.stop());

	const damageRow = (table: Parameters<typeof damage>[1], column: string, where?: string) =>
		damage(fixture.database, table, column, where);
	const list = (instanceId = INSTANCE) =>
		fixture.webhooks.deliveries.list(instanceId, { limit: 20 }).deliveries.reverse();
	const logged = (text: string) => lines.filter(({ msg }) => msg.includes(text));
	const forget = (receiver: WebhookReceiver) => void (receiver.calls.length = 0);
	const countDamaged = async (registry: Registry) => {
		const metric = await registry.getSingleMetric('aww_webhook_attempts_total')?.get();
		return metric?.values.find(({ labels }) => labels.kind === 'damaged')?.value;
	};

	describe('the body of an event', () => {
		async function damageSecondOf(chats: string[]): Promise<[WebhookReceiver, string[]]> {
			const receiver = await fixture.subscribe();
			receiver.answer = fail;
			const ids = await fixture.emit(...chats);
			await fixture.webhooks.idle();
			await damageRow('events', 'body', `id = '${ids[1]}'`);
			receiver.answer = succeed;
			forget(receiver);
			return [receiver, ids];
		}

		test('its delivery has failed and says why; its chat and the other chats go on', async () => {
			const [receiver, ids] = await damageSecondOf(['a', 'a', 'a', 'b']);
			await fixture.restart();
			await fixture.pass(5_000);
			expect(receiver.eventIds().sort()).toEqual([ids[0], ids[2], ids[3]]);
			expect(list().map(({ state }) => state)).toEqual([
				'delivered',
				'failed',
				'delivered',
				'delivered',
			]);
			expect(list()[1]!.attempts.at(-1)).toMatchObject({
				status: null,
				error: expect.stringMatching(/is damaged .* restore the database from a backup/) as string,
			});
			expect(logged('event of a delivery is damaged')).toHaveLength(1);
			expect(fixture.database.damaged.count).toBe(1);
		});

		test('the same at the head of a chat, and after it has left its order', async () => {
			const receiver = await fixture.subscribe();
			receiver.answer = fail;
			const [detached, head] = await fixture.emit('a', 'b');
			await fixture.webhooks.idle();
			for (const waitMs of [5_000, 300_000]) await fixture.pass(waitMs);
			const later = await fixture.emit('a', 'b');
			await fixture.webhooks.idle();
			expect(fixture.database.get('SELECT max(detached) AS detached FROM deliveries')).toEqual({
				detached: 1,
			});
			await damageRow('events', 'body', `id IN ('${detached}', '${head}')`);
			receiver.answer = succeed;
			forget(receiver);
			await fixture.restart();
			await fixture.pass(7_200_000);
			expect(receiver.eventIds().sort()).toEqual(later.sort());
			expect(list().map(({ state }) => state)).toEqual([
				'failed',
				'failed',
				'delivered',
				'delivered',
			]);
		});

		test('is counted, and says nothing of its receiver: that one is not taken to fail', async () => {
			const registry = new Registry();
			const chats = Array.from({ length: 12 }, (_, n) => `chat ${n}`);
			const receiver = await fixture.subscribe();
			await fixture.webhooks.stop();
			await fixture.emit(...chats);
			await damageRow('events', 'body');
			fixture.webhooks = fixture.createWebhooks({ registry });
			await fixture.webhooks.start();
			await fixture.webhooks.idle();
			expect(await countDamaged(registry)).toBe(chats.length);
			expect(fixture.webhooks.health().failingReceivers).toBe(0);
			expect(receiver.calls).toHaveLength(0);
			expect(new Set(list().map(({ state }) => state))).toEqual(new Set(['failed']));
		});

		test('delivered again on request it fails again', async () => {
			const [receiver] = await damageSecondOf(['a', 'a']);
			await fixture.restart();
			await fixture.pass(5_000);
			forget(receiver);
			await fixture.webhooks.deliveries.redeliver(INSTANCE, list()[1]!.id);
			await fixture.webhooks.idle();
			expect(receiver.calls).toHaveLength(0);
			expect(list()[1]!.state).toBe('failed');
		});
	});

	describe('what is stored of the attempts', () => {
		test('the list shows the others, and says of this one what is missing', async () => {
			const receiver = await fixture.subscribe();
			receiver.answer = fail;
			await fixture.emit('a', 'b');
			await fixture.webhooks.idle();
			await damageRow('deliveries', 'attempts', 'seq = (SELECT min(seq) FROM deliveries)');
			const [damaged, whole] = list();
			expect(damaged!.attempts).toMatchObject([
				{ status: null, error: expect.stringContaining('damaged') as string, answer: null },
			]);
			expect(whole!.attempts).toMatchObject([{ status: 500 }]);
		});

		test('it and those beside it are marked as delivered, and not sent again', async () => {
			const receiver = await fixture.subscribe();
			receiver.answer = fail;
			await fixture.emit('a', 'b', 'c');
			await fixture.webhooks.idle();
			await damageRow('deliveries', 'attempts', 'seq = (SELECT min(seq) FROM deliveries)');
			receiver.answer = succeed;
			await fixture.pass(5_000);
			expect(list().map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered']);
			expect(list()[0]!.attempts).toMatchObject([{ status: 200 }]);
			forget(receiver);
			await fixture.restart();
			await fixture.pass(86_400_000);
			expect(receiver.calls).toHaveLength(0);
		});
	});

	describe('the secret of a subscription', () => {
		test('holds that receiver alone, says so, and what came meanwhile goes out after a rotation', async () => {
			const { subscriptions } = fixture.webhooks;
			const receiver = await fixture.subscribe();
			const other = await fixture.subscribe();
			const [held, well] = subscriptions.list(INSTANCE);
			await damageRow('subscriptions', 'secret', `id = '${held!.id}'`);
			await fixture.restart();
			const ids = await fixture.emit('a', 'b', 'a');
			await fixture.pass(3_600_000);
			expect(receiver.calls).toHaveLength(0);
			expect(other.eventIds().sort()).toEqual([...ids].sort());
			const disabledOf = () =>
				fixture.webhooks.subscriptions.list(INSTANCE).map(({ id, disabled }) => [id, disabled]);
			expect(disabledOf()).toEqual([
				[held!.id, 'secret_damaged'],
				[well!.id, null],
			]);
			expect(logged('signing secret of a receiver is damaged')).toHaveLength(1);

			await fixture.webhooks.subscriptions.rotateSecret(INSTANCE, held!.id);
			await fixture.webhooks.idle();
			expect(receiver.eventIds().sort()).toEqual([...ids].sort());
			expect(disabledOf().map(([, disabled]) => disabled)).toEqual([null, null]);
		});

		test('what waits goes out as well once a change brings a secret, not without one', async () => {
			const receiver = await fixture.subscribe();
			const { id } = fixture.webhooks.subscriptions.list(INSTANCE)[0]!;
			await damageRow('subscriptions', 'secret');
			await fixture.restart();
			const ids = await fixture.emit('a');
			const { subscriptions } = fixture.webhooks;
			const update = (change: object) => subscriptions.update(INSTANCE, id, change);
			expect(await update({ url: receiver.url })).toMatchObject({ disabled: 'secret_damaged' });
			await fixture.webhooks.idle();
			expect(receiver.calls).toHaveLength(0);
			await expect(update({ secret: 'short' })).rejects.toMatchObject({ code: 'invalid_body' });
			const secret = createSecret();
			expect(await update({ secret })).toMatchObject({ disabled: null });
			await fixture.webhooks.idle();
			expect(receiver.eventIds()).toEqual(ids);
			const { body, headers } = receiver.calls[0]!;
			const verify = () => new Webhook(secret).verify(body, headers as Record<string, string>);
			expect(verify).not.toThrow();
		});

		test('found out while its lane is open, nothing more is sent and nothing is lost', async () => {
			const receiver = await fixture.subscribe();
			receiver.answer = fail;
			const ids = await fixture.emit('a', 'a');
			await fixture.webhooks.idle();
			await damageRow('subscriptions', 'secret');
			await fixture.subscribe(['sent']);
			receiver.answer = succeed;
			forget(receiver);
			await fixture.pass(5_000);
			expect(receiver.calls).toHaveLength(0);
			expect(list().map(({ state }) => state)).toEqual(['pending', 'pending']);
			const { id } = fixture.webhooks.subscriptions.list(INSTANCE)[0]!;
			await fixture.webhooks.subscriptions.rotateSecret(INSTANCE, id);
			await fixture.webhooks.idle();
			expect(receiver.eventIds()).toEqual(ids);
		});

		test('a former secret that is damaged signs no more, and that is all', async () => {
			const receiver = await fixture.subscribe();
			const { id } = fixture.webhooks.subscriptions.list(INSTANCE)[0]!;
			await fixture.webhooks.subscriptions.rotateSecret(INSTANCE, id);
			await damageRow('previous_subscription_secrets', 'secret');
			await fixture.restart();
			await fixture.emit('a');
			await fixture.webhooks.idle();
			expect(receiver.calls).toHaveLength(1);
			expect(receiver.calls[0]!.headers['webhook-signature']).not.toContain(' ');
		});
	});

	describe('the secret of an instance', () => {
		test('holds its webhook URLs, not those of another instance nor subscriptions, until it is rotated', async () => {
			const receivers = {
				slot: await fixture.startReceiver(),
				other: await fixture.startReceiver(),
			};
			await fixture.webhooks.config.setUrl(INSTANCE, 'received', receivers.slot.url);
			await fixture.webhooks.config.setUrl(OTHER, 'received', receivers.other.url);
			const subscribed = await fixture.subscribe();
			await damageRow('instances', 'webhook_secret', `id = '${INSTANCE}'`);
			await fixture.restart();
			const ids = await fixture.emit('a', 'b');
			await fixture.emit(fixture.body('a', 'received', OTHER));
			await fixture.pass(3_600_000);
			expect(receivers.slot.calls).toHaveLength(0);
			expect(receivers.other.calls).toHaveLength(1);
			expect(subscribed.calls).toHaveLength(2);
			const { config } = fixture.webhooks;
			expect(config.read(INSTANCE)).toMatchObject({
				received: { URL: receivers.slot.url, disabled: 'secret_damaged' },
				sent: { URL: null, disabled: null },
			});
			expect(config.read(OTHER).received.disabled).toBeNull();
			expect(await config.test(INSTANCE, 'received')).toMatchObject({
				delivered: false,
				status: null,
				error: expect.stringMatching(/rotate it, or restore the database/) as string,
			});

			await config.rotateSecret(INSTANCE);
			await fixture.webhooks.idle();
			expect(config.read(INSTANCE).received.disabled).toBeNull();
			expect(receivers.slot.eventIds().sort()).toEqual([...ids].sort());
		});
	});
});
