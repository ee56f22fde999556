import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createSecret, type EventName, type WebhookBody } from '../../../../contract';
import { Database } from '../../../../runner/storage/Database';
import { createSampleBody } from '../../../../runner/webhooks/createSampleBody';
import { Webhooks, type WebhooksOptions } from '../../../../runner/webhooks/Webhooks';
import { FakeClock } from './FakeClock';
import { WebhookReceiver } from './WebhookReceiver';
import { toEvent } from './toEvent';

export const INSTANCE = 'instance-1';

type Overrides = Partial<Omit<WebhooksOptions, 'config' | 'database'>> & {
	config?: Partial<WebhooksOptions['config']>;
};

/** The engine on a database of its own, with an instance, a clock that stands still and no jitter. */
export class WebhooksFixture {
	readonly clock: FakeClock;
	readonly secret = createSecret();
	database: Database;
	webhooks: Webhooks;
	private readonly receivers: WebhookReceiver[] = [];
	private readonly folder = mkdtempSync(join(tmpdir(), 'aww-webhooks-'));
	private events = 0;

	private constructor(private readonly overrides: Overrides) {
		// The present, so that other implementations accept the signatures.
		this.clock = new FakeClock(Date.now());
		this.database = this.openDatabase();
		this.webhooks = this.createWebhooks();
	}

	static async create(overrides: Overrides = {}): Promise<WebhooksFixture> {
		const fixture = new WebhooksFixture(overrides);
		await fixture.addInstance(INSTANCE);
		await fixture.webhooks.start();
		return fixture;
	}

	async addInstance(id: string): Promise<void> {
		await this.database.write([
			{
				sql: `INSERT INTO instances (id, name, api_key_hash, webhook_secret, created_at, state, since)
					VALUES (?, ?, ?, seal(?4, 'instances.webhook_secret', ?1), 0, 'connected', 0)`,
				params: [id, id, `hash-${id}`, this.secret],
			},
		]);
	}

	async startReceiver(port?: number): Promise<WebhookReceiver> {
		const receiver = await WebhookReceiver.start(port);
		this.receivers.push(receiver);
		return receiver;
	}

	/** A receiver that is told of `events` of the instance. */
	async subscribe(
		events: EventName[] = ['received'],
		instanceId = INSTANCE,
	): Promise<WebhookReceiver> {
		const receiver = await this.startReceiver();
		await this.webhooks.subscriptions.create(instanceId, { url: receiver.url, events });
		return receiver;
	}

	body(chat: string, event: EventName = 'received', instanceId = INSTANCE): WebhookBody {
		const eventId = `evt_${(this.events += 1)}`;
		const sample = createSampleBody({
			event,
			eventId,
			nowMs: this.clock.now(),
			instanceId,
			instanceName: instanceId,
		});
		if ('chat' in sample) sample.chat.id = chat;
		return sample;
	}

	/** Stores events in one transaction and announces them; gives their ids. */
	async emit(...bodies: Array<WebhookBody | string>): Promise<string[]> {
		const events = bodies.map((body) => (typeof body === 'string' ? this.body(body) : body));
		const staged = events.map((body) => this.webhooks.outbox.stage(toEvent(body)));
		await this.database.write(staged.flatMap(({ statements }) => statements));
		for (const event of staged) event.announce();
		return events.map(({ eventId }) => eventId);
	}

	/** Lets time pass, and waits until nothing is under way or due. */
	async pass(ms: number): Promise<void> {
		await this.webhooks.idle();
		this.clock.advance(ms);
		await this.webhooks.idle();
	}

	/** As a restart does; nothing is told to the old engine when it is a crash. */
	async restart(): Promise<void> {
		await this.webhooks.stop();
		await this.database.close();
		this.database = this.openDatabase();
		this.webhooks = this.createWebhooks();
		await this.webhooks.start();
	}

	async stop(): Promise<void> {
		await this.webhooks.stop();
		await this.database.close();
		await Promise.all(this.receivers.map((receiver) => receiver.stop()));
		rmSync(this.folder, { recursive: true, force: true });
	}

	createWebhooks(more: Overrides = {}): Webhooks {
		const { config, ...rest } = { ...this.overrides, ...more };
		return new Webhooks({
			logger: pino({ level: 'silent' }),
			clock: this.clock,
			random: () => 0.5,
			...rest,
			database: this.database,
			config: {
				schedule: [0, 5, 300, 1800, 7200],
				allowHttpHosts: ['127.0.0.1'],
				allowPrivateHosts: ['127.0.0.1'],
				embedded: false,
				ttlDays: 30,
				...config,
			},
		});
	}

	private openDatabase(): Database {
		return Database.open(join(this.folder, 'runner.db'));
	}
}
