import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { type KnownCertificates, SECRET_DAMAGED } from '../../contract';
import { type Clock, systemClock } from '../Clock';
import type {
	DeliveriesPort,
	DeliveryHealth,
	SubscriptionsPort,
	WebhookConfigPort,
} from '../http/ports';
import type { Database } from '../storage/Database';
import { AddressGuard, type AddressRules } from '../address';
import { FairTurns } from '../limits/FairTurns';
import { ABORTED } from './attempt/deliverWebhook';
import { Deliveries } from './Deliveries';
import { Dispatcher } from './dispatch/Dispatcher';
import { MarkBuffer } from './dispatch/MarkBuffer';
import { ReceiverLane } from './dispatch/ReceiverLane';
import { Outbox } from './Outbox';
import type { OutboxPort } from './OutboxPort';
import { ReceiverCaller } from './ReceiverCaller';
import type { Receiver } from './receivers/Receiver';
import { ReceiverDirectory } from './receivers/ReceiverDirectory';
import { ReceiverSequences } from './receivers/ReceiverSequences';
import { toDisableStatements } from './receivers/toDisableStatements';
import { dueDetached } from './rows/outcomeRows';
import { toDeliveryId } from './rows/deliveryRows';
import { dueFromTheFuture, setBackPending } from './rows/clockRows';
import { lastSeq, listPendingReceivers } from './rows/pendingRows';
import { readParentCertificates } from './attempt/readParentCertificates';
import { Retention } from './Retention';
import { Subscriptions } from './Subscriptions';
import { WebhookConfig } from './WebhookConfig';
import { WebhookMetrics } from './WebhookMetrics';

export interface WebhooksOptions {
	database: Database;
	config: {
		/** Seconds before each attempt; its length is the number of attempts. */
		schedule: readonly number[];
		allowHttpHosts: readonly string[];
		allowPrivateHosts: readonly string[];
		rules?: AddressRules | undefined;
		/** The runner shares the machine with those who subscribe. */
		embedded: boolean;
		/** `host:port` of the n8n that started it, which may be private. */
		parentHosts?: readonly string[];
		/** The file with which that n8n serves TLS itself. */
		parentCertificate?: string | undefined;
		/** How long events are kept; decimals allowed. */
		ttlDays: number;
		/** For one attempt in all. 15 s unless given. */
		attemptTimeoutMs?: number;
	};
	logger: Logger;
	clock?: Clock;
	registry?: Registry;
	/** 0 to 1; for the jitter. */
	random?: () => number;
	guard?: AddressGuard;
}

const ATTEMPT_TIMEOUT_MS = 15_000;
const DAY_MS = 86_400_000;
/** How long attempts under way may take to end when the runner stops. */
const STOP_GRACE_MS = 2_000;

/** Characters of bodies under way to the receivers of one instance: beyond, attempts wait for one another. */
const MAX_LENGTH_UNDER_WAY = 32_000_000;

/** Webhook delivery, whole: events go in at `outbox`, everything else is seen and steered by the ports. */
export class Webhooks {
	readonly outbox: OutboxPort;
	readonly config: WebhookConfigPort;
	readonly subscriptions: SubscriptionsPort;
	readonly deliveries: DeliveriesPort;
	private readonly clock: Clock;
	private readonly guard: AddressGuard;
	private readonly parentCertificates: KnownCertificates | undefined;
	private readonly directory: ReceiverDirectory;
	private readonly dispatcher: Dispatcher;
	private readonly stagedEvents: Outbox;
	private readonly marks: MarkBuffer;
	private readonly metrics: WebhookMetrics;
	private readonly retention: Retention;
	private readonly attempts = new FairTurns({
		count: Infinity,
		perOwner: MAX_LENGTH_UNDER_WAY,
		maxWaiting: Infinity,
	});

	constructor(private readonly options: WebhooksOptions) {
		const { database, config, logger } = options;
		this.clock = options.clock ?? systemClock;
		this.guard = options.guard ?? new AddressGuard(config);
		this.parentCertificates = readParentCertificates(config.parentCertificate);
		this.directory = new ReceiverDirectory(database, (receiver) => this.receiverHeld(receiver));
		this.metrics = new WebhookMetrics({
			registry: options.registry,
			database,
			now: () => this.clock.now(),
			countFailing: () => this.dispatcher.countFailing(),
		});
		const ttlMs = config.ttlDays * DAY_MS;
		this.retention = new Retention({
			database,
			logger,
			metrics: this.metrics,
			scheduleS: config.schedule,
			ttlMs,
		});
		this.marks = new MarkBuffer(database, (error) =>
			logger.error({ error: error.message }, 'Deliveries could not be marked as delivered'),
		);
		this.dispatcher = new Dispatcher({
			database,
			directory: this.directory,
			openLane: (receiver) => this.openLane(receiver),
			beforeWrite: () => this.marks.handOver(),
			clock: this.clock,
			onError: (error) => this.onError(error),
		});
		this.stagedEvents = new Outbox({
			clock: this.clock,
			directory: this.directory,
			sequences: new ReceiverSequences(database),
			dispatcher: this.dispatcher,
			lastSeq: lastSeq(database),
			firstWaitMs: (config.schedule[0] ?? 0) * 1000,
			ttlMs,
			onError: (error) => this.onError(error),
		});
		this.outbox = this.stagedEvents;
		const parts = {
			database,
			clock: this.clock,
			guard: this.guard,
			directory: this.directory,
			dispatcher: this.dispatcher,
			isEmbedded: config.embedded,
		};
		this.config = new WebhookConfig({ ...parts, createCaller: () => this.createCaller() });
		this.subscriptions = new Subscriptions(parts);
		this.deliveries = new Deliveries(parts);
	}

	/** Resumes what is pending. Until then events are stored, not sent. */
	async start(): Promise<void> {
		const { database, config } = this.options;
		const statements = dueFromTheFuture(database, this.clock.now(), config.schedule);
		if (statements.length > 0) await database.write(statements);
		this.dispatcher.start();
	}

	/** The machine's clock was set back: nothing waits for the old time to come again. */
	async clockSetBack(byMs: number): Promise<void> {
		const nowMs = this.clock.now();
		const keysOf = new Map<string, string[]>();
		for (const { instance_id, receiver } of listPendingReceivers(this.options.database)) {
			keysOf.set(instance_id, [...(keysOf.get(instance_id) ?? []), receiver]);
		}
		await Promise.all(
			[...keysOf].map(([instanceId, keys]) =>
				this.dispatcher.change(instanceId, () => ({
					keys,
					statements: keys.map((key) => setBackPending(key, byMs, nowMs)),
				})),
			),
		);
	}

	/** Ends within some two seconds; what is not delivered by then is resumed by the next start. */
	async stop(): Promise<void> {
		await this.dispatcher.stop(STOP_GRACE_MS);
		await this.marks.flush();
	}

	/** Resolves when nothing is under way or due, and all outcomes are on disk. For tests. */
	async idle(): Promise<void> {
		await this.dispatcher.idle();
		await this.marks.flush();
	}

	health(): DeliveryHealth {
		return {
			oldestPendingMs: this.metrics.oldestPendingAge(),
			failingReceivers: this.dispatcher.countFailing(),
		};
	}

	/** Deletes some of what is past its time; to be called again and again by a sweep. */
	async expireOldEvents(nowMs: number): Promise<void> {
		await this.retention.expire(nowMs);
	}

	private createCaller(): ReceiverCaller {
		const { config } = this.options;
		return new ReceiverCaller({
			guard: this.guard,
			clock: this.clock,
			isEmbedded: config.embedded,
			parentCertificates: this.parentCertificates,
			attemptTimeoutMs: config.attemptTimeoutMs ?? ATTEMPT_TIMEOUT_MS,
		});
	}

	private openLane(opened: Receiver): ReceiverLane {
		const { database, config, logger, random } = this.options;
		const { instanceId, key } = opened;
		const caller = this.createCaller();
		return new ReceiverLane(instanceId, key, {
			database,
			clock: this.clock,
			scheduleS: config.schedule,
			random: random ?? Math.random,
			claim: (seq) => this.stagedEvents.claim(seq),
			onBreaker: (change) => this.breakerChanged(opened, change),
			onError: (error) => this.onError(error),
			onSettled: () => this.dispatcher.notifyIdle(),
			onClosed: () => caller.destroy(),
			attempt: async (delivery, signal) => {
				// Looked up each time: a rotated secret takes effect at once.
				const receiver = this.directory.find(instanceId, key) ?? opened;
				if (receiver.disabled === SECRET_DAMAGED) {
					// Found out since its lane was opened: what waits is kept.
					this.dispatcher.close(key);
					return ABORTED;
				}
				const weight = delivery.body?.length ?? 0;
				const result = await this.attempts
					.run({ owner: instanceId, signal, weight }, () => caller.call(receiver, delivery, signal))
					.catch((error: unknown): typeof ABORTED => {
						if (signal.aborted) return ABORTED;
						throw error;
					});
				if (result === ABORTED) return ABORTED;
				this.metrics.countAttempt(result.kind);
				if (result.kind === 'damaged') this.deliveryDamaged(receiver, delivery.seq);
				if (result.kind === 'success' && delivery.isRepeat !== true) {
					this.metrics.observeDelivered(this.clock.now() - delivery.createdAt);
				}
				return result;
			},
			markDelivered: (statement) => this.marks.add(statement),
			writeOutcome: async (statement, { outcome }) => {
				try {
					await database.write(
						outcome === 'gone' ? [statement, ...toDisableStatements(opened, 'gone')] : [statement],
					);
				} catch (error) {
					const reason = error instanceof Error ? error.message : String(error);
					logger.error({ instanceId, error: reason }, 'A delivery’s outcome could not be stored');
					return false;
				}
				if (outcome === 'gone') {
					logger.warn({ instanceId, receiver: key }, 'A receiver answered 410 Gone: disabled');
					this.directory.forget(instanceId);
					this.dispatcher.close(key);
				}
				return true;
			},
		});
	}

	private onError(error: unknown): void {
		const reason = error instanceof Error ? error.message : String(error);
		this.options.logger.error({ error: reason }, 'Webhook deliveries could not be taken up');
	}

	private receiverHeld({ instanceId, key }: Receiver): void {
		this.options.logger.error(
			{ instanceId, receiver: key },
			'The signing secret of a receiver is damaged: nothing is sent until it is rotated or restored from a backup',
		);
	}

	private deliveryDamaged({ instanceId, key }: Receiver, seq: number): void {
		this.options.logger.error(
			{ instanceId, receiver: key, delivery: toDeliveryId(seq) },
			'The stored event of a delivery is damaged: the delivery has failed, its chat goes on',
		);
	}

	private breakerChanged({ instanceId, key }: Receiver, change: 'opened' | 'closed'): void {
		const { database, logger } = this.options;
		// The key is no secret, nor does it tell the URL.
		const about = { instanceId, receiver: key };
		if (change === 'opened') {
			logger.warn(about, 'A receiver fails as a whole: one delivery at a time, the rest waits');
			return;
		}
		logger.info(about, 'A receiver is well again: what has waited goes out');
		const isDue = database.write([dueDetached(key, this.clock.now())]);
		isDue.then(
			() => this.dispatcher.wake(instanceId, key),
			// Each of them has its own time, only later.
			() => undefined,
		);
	}
}
