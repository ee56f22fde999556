import { join } from 'node:path';
import type {
	CreatedInstance,
	CreatedSubscription,
	DeliveryList,
	MessageList,
	WebhookConfigView,
} from '../../contract';
import { Database } from '../../runner/storage/Database';
import { damage } from '../runner/storage/encryption/support/damage';
import { startSimulator, type Contact, type Phone, type Simulator } from '../simulator';
import { RunnerProcess } from './RunnerProcess';
import { WebhookReceiver } from './WebhookReceiver';

jest.setTimeout(90_000);

/** An instance, its phone and who hears of it. */
interface Shop {
	instance: CreatedInstance;
	phone: Phone;
	receiver: WebhookReceiver;
}

describe('a data folder in which several values are damaged', () => {
	let simulator: Simulator;
	let runner: RunnerProcess;
	let ann: Contact;
	let shops: { first: Shop; second: Shop };
	let subscriber: WebhookReceiver;
	let subscription: CreatedSubscription;

	const headersOf = ({ instance }: Shop) => ({ apiKey: instance.apiKey, id: instance.id });
	const call = <T>(shop: Shop, method: string, path: string, body?: unknown) =>
		runner.call<T>(method, path, body, headersOf(shop));
	const textsAt = ({ deliveries }: WebhookReceiver) =>
		deliveries.flatMap(({ body }) => (body.event === 'received' ? body.message : []));
	const answerAll = (status: number) => {
		for (const receiver of [shops.first.receiver, shops.second.receiver, subscriber]) {
			receiver.answer = () => status;
		}
	};

	async function open(name: string, number: string): Promise<Shop> {
		const receiver = new WebhookReceiver();
		await receiver.start();
		const { body: instance } = await runner.call<CreatedInstance>('POST', '/api/instances', {
			name,
			webhooks: { received: receiver.url },
		});
		const phone = simulator.createPhone({ number, name: `Owner of ${name}` });
		const shop = { instance, phone, receiver };
		const { body } = await call<{ qr: string }>(shop, 'GET', '/api/instance/qr?wait=20');
		await (await phone.scan(body.qr)).whenOnline();
		return shop;
	}

	/** Something was attempted, and failed. */
	async function untilTried(shop: Shop): Promise<void> {
		for (let isTried = false; !isTried;) {
			await new Promise((resolve) => setTimeout(resolve, 20));
			const { body } = await call<DeliveryList>(shop, 'GET', '/api/deliveries?event=received');
			isTried = body.deliveries.some(({ attempts }) => attempts.length > 0);
		}
	}

	async function damageAll(): Promise<void> {
		const database = Database.open(join(runner.dataDir, 'runner.db'));
		const { first, second } = shops;
		const firstOf = (events: string) =>
			`(SELECT event_id FROM deliveries WHERE state = 'pending' AND ${events} ORDER BY seq LIMIT 1)`;
		const ofFirst = `instance_id = '${first.instance.id}' AND receiver LIKE 'slots:%'`;
		try {
			await damage(database, 'events', 'body', `id = ${firstOf(ofFirst)}`);
			await damage(database, 'deliveries', 'attempts', ofFirst);
			await damage(database, 'instances', 'webhook_secret', `id = '${second.instance.id}'`);
			await damage(database, 'instances', 'push_name');
			await damage(database, 'subscriptions', 'secret', `id = '${subscription.id}'`);
			await damage(database, 'contacts', 'push_name');
			await damage(
				database,
				'messages',
				'text',
				`instance_id = '${first.instance.id}' AND type = 'text' AND seq % 2 = 0`,
			);
		} finally {
			await database.close();
		}
	}

	beforeAll(async () => {
		simulator = await startSimulator();
		runner = new RunnerProcess({
			simulator,
			env: { AWW_WEBHOOK_SCHEDULE: `0,3${',1'.repeat(20)}` },
		});
		await runner.start();
		subscriber = new WebhookReceiver();
		await subscriber.start();
		shops = {
			first: await open('first', '15550001111'),
			second: await open('second', '15550003333'),
		};
		const wanted = { url: subscriber.url, events: ['received'] };
		subscription = (
			await call<CreatedSubscription>(shops.first, 'POST', '/api/subscriptions', wanted)
		).body;
		ann = simulator.createContact({ number: '15550002222', name: 'Ann' });
		answerAll(500);
		for (const text of ['one', 'two', 'three']) await ann.sendText(shops.first.phone, text);
		await ann.sendText(shops.second.phone, 'four');
		for (const shop of [shops.first, shops.second]) await untilTried(shop);
		await runner.kill();
		await damageAll();
		answerAll(200);
		await runner.start();
	});
	afterAll(async () => {
		await runner.remove();
		for (const receiver of [shops.first.receiver, shops.second.receiver, subscriber]) {
			await receiver.stop();
		}
		await simulator.stop();
	});

	test('everything runs that can: one event has failed, what follows it arrives, lists are complete', async () => {
		const { first } = shops;
		await first.receiver.until(() => textsAt(first.receiver).length >= 2, 'what waited');
		await ann.sendText(first.phone, 'five');
		await first.receiver.until(() => textsAt(first.receiver).includes('five'), 'a new message');
		expect(textsAt(first.receiver).sort()).toEqual(['five', 'three', 'two']);

		const { status, body } = await call<DeliveryList>(first, 'GET', '/api/deliveries?state=failed');
		expect(status).toBe(200);
		expect(body.deliveries).toHaveLength(1);
		expect(body.deliveries[0]!.attempts.at(-1)!.error).toMatch(/damaged/);
		const messages = await call<MessageList>(first, 'GET', '/api/messages');
		expect(messages.status).toBe(200);
		const texts = messages.body.messages.map(({ message }) => message);
		expect(texts).toHaveLength(4);
		expect(texts.filter((text) => text === '').length).toBeGreaterThan(0);
		for (const path of ['/api/chats', '/api/contacts', '/api/instance', '/api/subscriptions']) {
			expect((await call(first, 'GET', path)).status).toBe(200);
		}
	});

	test('an instance without its secret sends and receives; what came goes out once it is rotated', async () => {
		const { second } = shops;
		await ann.sendText(second.phone, 'six');
		const sent = await call(second, 'POST', '/api/text', { number: ann.number, message: 'hello' });
		expect(sent.status).toBe(200);
		expect(second.receiver.deliveries).toHaveLength(0);
		const config = await call<WebhookConfigView>(second, 'GET', '/api/config');
		expect(config.body.received.disabled).toBe('secret_damaged');

		expect((await call(second, 'POST', '/api/config/secret')).status).toBe(200);
		await second.receiver.until(() => textsAt(second.receiver).length >= 2, 'what came');
		expect(textsAt(second.receiver).sort()).toEqual(['four', 'six']);
	});

	test('so does a subscription', async () => {
		const { first } = shops;
		expect(subscriber.deliveries).toHaveLength(0);
		const path = `/api/subscriptions/${subscription.id}/secret`;
		expect((await call(first, 'POST', path)).status).toBe(200);
		await subscriber.until(() => textsAt(subscriber).length >= 3, 'what came');
		expect(textsAt(subscriber).sort()).toEqual(['five', 'three', 'two']);
	});

	test('it is said in the log, once each, and counted; nobody is named, and WhatsApp not blamed', async () => {
		const linesWith = (text: string) =>
			runner.log.split('\n').filter((line) => line.includes(text));
		expect(linesWith('signing secret of a receiver is damaged')).toHaveLength(2);
		expect(linesWith('event of a delivery is damaged').length).toBeGreaterThan(0);
		expect(linesWith('"events.body"')).toHaveLength(1);
		expect(runner.log).not.toMatch(/WhatsApp is not available|has failed:|15550002222/);
		const metrics = await (await fetch(`${runner.url}/metrics`)).text();
		expect(metrics).toMatch(/^aww_damaged_values_total\{column="events\.body"\} 1$/m);
	});

	test('the next start is none the worse', async () => {
		await runner.kill();
		await runner.start();
		const { first } = shops;
		await ann.sendText(first.phone, 'seven');
		await first.receiver.until(() => textsAt(first.receiver).includes('seven'), 'a new message');
	});
});
