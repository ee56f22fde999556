import type { Logger } from 'pino';
import { systemClock, type Clock, type Timer } from './Clock';
import type { ExpiryClock } from './ExpiryClock';
import type { Database } from './storage/Database';

const INTERVAL_MS = 60_000;

interface EventSweepOptions {
	expireOldEvents: (nowMs: number) => Promise<void>;
	/** Says what is past its time, and is kept as well. */
	expiry: Pick<ExpiryClock, 'now' | 'keep'>;
	database: Pick<Database, 'writeLazily'>;
	logger: Logger;
	clock?: Clock;
}

/** Deletes expired events with their deliveries, some a minute. Lasts until it is cancelled. */
export function startEventSweep(options: EventSweepOptions): Timer {
	const { expireOldEvents, expiry, database, logger, clock = systemClock } = options;
	const warn = (error: unknown) =>
		logger.warn({ err: error }, 'Expired events could not be deleted');
	let timer: Timer;
	const sweep = () => {
		expireOldEvents(expiry.now()).catch(warn);
		database.writeLazily([expiry.keep()], warn);
		timer = clock.setTimer(sweep, INTERVAL_MS);
	};
	sweep();
	return { cancel: () => timer.cancel() };
}
