import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Database } from '../storage/Database';
import type { AttemptKind } from './attempt/AttemptResult';

/** Counting what is pending reads an index; several scrapes within this time share one count. */
const COUNT_FOR_MS = 5_000;

interface WebhookMetricsOptions {
	registry: Registry | undefined;
	database: Database;
	now: () => number;
	/** How many receivers fail as a whole. */
	countFailing: () => number;
}

/** What an operator sees of the deliveries. No label carries a number, a URL or an instance. */
export class WebhookMetrics {
	private readonly attempts: Counter<'kind'> | undefined;
	private readonly latency: Histogram | undefined;
	private readonly givenUp: Counter | undefined;
	private readonly undelivered: Counter | undefined;

	private readonly countPending: () => PendingCount;
	private readonly now: () => number;

	constructor({ registry, database, now, countFailing }: WebhookMetricsOptions) {
		this.now = now;
		const countPending = createPendingCount(database, now);
		this.countPending = countPending;
		if (!registry) return;
		const registers = [registry];
		this.attempts = new Counter({
			name: 'aww_webhook_attempts_total',
			help: 'Webhook delivery attempts by what came of them',
			labelNames: ['kind'],
			registers,
		});
		this.latency = new Histogram({
			name: 'aww_webhook_event_to_delivered_seconds',
			help: 'Time from the receipt of what an event tells of to the 2xx of a receiver',
			buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30, 300, 3600, 86400],
			registers,
		});
		this.givenUp = new Counter({
			name: 'aww_webhook_deliveries_given_up_total',
			help: 'Deliveries that failed since their receiver was away or disabled for too long',
			registers,
		});
		this.undelivered = new Counter({
			name: 'aww_webhook_deliveries_expired_total',
			help: 'Failed deliveries that were deleted since their time was over',
			registers,
		});
		new Gauge({
			name: 'aww_webhook_deliveries_pending',
			help: 'Deliveries that no receiver has accepted yet',
			registers,
			collect() {
				this.set(countPending().count);
			},
		});
		new Gauge({
			name: 'aww_webhook_oldest_pending_seconds',
			help: 'Age of the oldest delivery that no receiver has accepted yet',
			registers,
			collect() {
				this.set(toAgeMs(countPending(), now()) / 1000);
			},
		});
		new Gauge({
			name: 'aww_webhook_receivers_failing',
			help: 'Receivers that fail as a whole: one delivery at a time is tried, the rest waits',
			registers,
			collect() {
				this.set(countFailing());
			},
		});
	}

	/** Milliseconds. */
	oldestPendingAge(): number {
		return toAgeMs(this.countPending(), this.now());
	}

	countAttempt(kind: AttemptKind): void {
		this.attempts?.inc({ kind });
	}

	countExpired({ givenUp, undelivered }: { givenUp: number; undelivered: number }): void {
		this.givenUp?.inc(givenUp);
		this.undelivered?.inc(undelivered);
	}

	observeDelivered(latencyMs: number): void {
		this.latency?.observe(latencyMs / 1000);
	}
}

function toAgeMs({ oldest }: PendingCount, nowMs: number): number {
	return oldest === null ? 0 : Math.max(0, nowMs - oldest);
}

type PendingCount = { count: number; oldest: number | null };

function createPendingCount(database: Database, now: () => number): () => PendingCount {
	let last: PendingCount = { count: 0, oldest: null };
	let lastAt = -Infinity;
	return () => {
		if (now() - lastAt >= COUNT_FOR_MS) {
			lastAt = now();
			last = database.get<PendingCount>(
				`SELECT
					(SELECT count(*) FROM deliveries WHERE state = 'pending' AND detached = 0) +
					(SELECT count(*) FROM deliveries WHERE state = 'pending' AND detached = 1) AS count,
					(SELECT created_at FROM deliveries WHERE seq = (SELECT min(seq) FROM (
						SELECT min(seq) AS seq FROM deliveries WHERE state = 'pending' AND detached = 0
						UNION ALL
						SELECT min(seq) AS seq FROM deliveries WHERE state = 'pending' AND detached = 1
					))) AS oldest`,
			) ?? { count: 0, oldest: null };
		}
		return last;
	};
}
