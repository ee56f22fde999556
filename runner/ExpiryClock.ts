import type { Clock } from './Clock';
import type { Database } from './storage/Database';
import type { Statement } from './storage/Statement';

/** How many times as fast as time passes it may go, to catch up with the machine's clock. */
const CATCH_UP = 24;

interface ExpiryClockOptions {
	/** Where it goes on from after a restart. */
	database: Database;
	/** The machine's clock, which anybody can set. */
	clock: Pick<Clock, 'now'>;
	/** Milliseconds from any beginning, which nobody can set. */
	passedMs?: () => number;
}

/**
 * The time by which things expire. It follows the machine's clock, but never goes ahead faster than a
 * day an hour: a clock that is wrong by a month for an hour costs a day of what is kept, not all of it.
 * After a time without the runner it lags behind for a twenty-fourth of that; things are kept as much
 * longer. When the machine's clock is behind, it counts.
 */
export class ExpiryClock implements Pick<Clock, 'now'> {
	private readonly passedMs: () => number;
	private reachedAt: number;
	private lookedAt: number;

	constructor(private readonly options: ExpiryClockOptions) {
		this.passedMs = options.passedMs ?? (() => performance.now());
		this.lookedAt = this.passedMs();
		this.reachedAt = readReached(options.database) ?? options.clock.now();
	}

	now(): number {
		const wallAt = this.options.clock.now();
		const passedAt = this.passedMs();
		const atMostMs = (passedAt - this.lookedAt) * CATCH_UP;
		const behindMs = wallAt - this.reachedAt;
		this.reachedAt += Math.max(-atMostMs, Math.min(atMostMs, behindMs));
		this.lookedAt = passedAt;
		return Math.floor(Math.min(this.reachedAt, wallAt));
	}

	/** Keeps how far it has come, for the next start. */
	keep(): Statement {
		this.now();
		return {
			sql: `INSERT INTO expiry_clock (id, reached_at) VALUES (1, ?)
				ON CONFLICT DO UPDATE SET reached_at = excluded.reached_at`,
			params: [Math.floor(this.reachedAt)],
		};
	}
}

function readReached(database: Database): number | undefined {
	return database.get<{ reached_at: number }>('SELECT reached_at FROM expiry_clock')?.reached_at;
}
