import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { systemClock, type Clock, type Timer } from '../../Clock';
import type { Database } from '../Database';
import { resealTable, type TableName } from './resealTable';
import { SEALED_TABLES } from './sealedColumns';

const DAY_MS = 86_400_000;
const MAX_AGE_MS = 90 * DAY_MS;
/** Half of what random 96-bit nonces allow. */
const MAX_SEALED = 2 ** 31;
const CHECK_EVERY_MS = 3_600_000;
const PAUSE_MS = 20;
/**
 * A value may move once, unopened, into a row that was passed by already (a secret that becomes the
 * previous one), so one pass that finds nothing is not proof enough.
 */
const CLEAN_PASSES = 2;

/**
 * Replaces the data key when it is old or much used, and after each change of the data key seals anew
 * what an older one still protects, beside the traffic. When that is done the older keys go. A crash
 * on the way does no harm: the next start goes on.
 */
export class KeyRotation {
	private readonly stopping = new AbortController();
	private readonly clock: Clock;
	private timer: Timer | undefined;
	private running: Promise<void> | undefined;

	constructor(
		private readonly options: {
			database: Database;
			logger: Logger;
			clock?: Clock;
			/** How long the traffic has to itself after each lot of rows. */
			pauseMs?: number;
		},
	) {
		this.clock = options.clock ?? systemClock;
	}

	/** Looks now, and every hour. */
	start(): void {
		if (this.stopping.signal.aborted) return;
		void this.check();
		this.timer = this.clock.setTimer(() => this.start(), CHECK_EVERY_MS);
	}

	async stop(): Promise<void> {
		this.stopping.abort();
		this.timer?.cancel();
		await this.running?.catch(() => undefined);
	}

	/** Takes a new data key into use and resolves once everything is sealed with it. */
	async rotate(): Promise<void> {
		await this.running;
		this.running = this.replaceAndFinish().finally(() => (this.running = undefined));
		await this.running;
	}

	private async replaceAndFinish(): Promise<void> {
		await this.options.database.addKey(this.clock.now());
		await this.finish();
	}

	private async check(): Promise<void> {
		this.running ??= this.replaceIfDue().finally(() => (this.running = undefined));
		await this.running;
	}

	private async replaceIfDue(): Promise<void> {
		const { database, logger } = this.options;
		try {
			if (this.isWornOut()) await database.addKey(this.clock.now());
			if (database.keyIds.retired.length > 0) await this.finish();
		} catch (error) {
			if (this.stopping.signal.aborted) return;
			logger.error(
				{ err: error },
				'Stored data could not be sealed with a new key; it is tried again',
			);
		}
	}

	private isWornOut(): boolean {
		const row = this.options.database.get<{ created_at: number; sealed_count: number }>(
			'SELECT created_at, sealed_count FROM encryption_keys ORDER BY id DESC LIMIT 1',
		);
		if (!row) return false;
		return row.sealed_count > MAX_SEALED || this.clock.now() - row.created_at > MAX_AGE_MS;
	}

	private async finish(): Promise<void> {
		const { database, logger } = this.options;
		const { retired } = database.keyIds;
		for (let clean = 0; clean < CLEAN_PASSES;) {
			const found = await this.passOver();
			clean = found === 0 ? clean + 1 : 0;
		}
		await database.removeKeys(retired);
		logger.info({ keys: retired.length }, 'All stored data is sealed with the new key');
	}

	private async passOver(): Promise<number> {
		let found = 0;
		for (const table of Object.keys(SEALED_TABLES) as TableName[]) {
			found += await resealTable(this.options.database, table, () => this.pause());
		}
		return found;
	}

	/** Throws when the runner stops. */
	private async pause(): Promise<void> {
		await delay(this.options.pauseMs ?? PAUSE_MS, undefined, { ref: false });
		this.stopping.signal.throwIfAborted();
	}
}
