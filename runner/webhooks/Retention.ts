import type { Logger } from 'pino';
import type { Database } from '../storage/Database';
import { toLongestMs } from './policy/retrySchedule';
import { type Expired, expireEvents, findExpired } from './rows/expiryRows';
import { forgetOldSecrets } from './rows/secretRows';
import type { WebhookMetrics } from './WebhookMetrics';

interface RetentionOptions {
	database: Database;
	logger: Logger;
	metrics: WebhookMetrics;
	/** Seconds before each attempt. */
	scheduleS: readonly number[];
	/** How long a delivery is kept after its outcome. */
	ttlMs: number;
}

/**
 * How long deliveries are kept. What is pending stays: its schedule ends by itself. Where it does not,
 * as the receiver fails as a whole or is disabled, it fails after `ttlMs`, so that a receiver that never
 * comes back fills no disk. What goes although nobody has accepted it does not go unsaid.
 */
export class Retention {
	constructor(private readonly options: RetentionOptions) {}

	/** Does some of it: to be called again and again. */
	async expire(nowMs: number): Promise<void> {
		const { database, scheduleS, ttlMs } = this.options;
		const expiry = { nowMs, ttlMs, pendingMs: Math.max(ttlMs, toLongestMs(scheduleS)) };
		const expired = findExpired(database, expiry);
		await database.write([
			...(expired.isNothing ? [] : expireEvents(expiry)),
			...forgetOldSecrets(nowMs),
		]);
		this.report(expired);
	}

	private report({ givenUp, undelivered }: Expired): void {
		const { logger, metrics } = this.options;
		metrics.countExpired({ givenUp, undelivered });
		if (givenUp > 0) {
			logger.warn(
				{ deliveries: givenUp },
				'Deliveries have failed: their receivers have been away or disabled for too long',
			);
		}
		if (undelivered > 0) {
			logger.warn(
				{ deliveries: undelivered },
				'Failed deliveries were deleted: their time is over',
			);
		}
	}
}
