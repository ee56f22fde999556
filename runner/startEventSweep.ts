import type { Logger } from 'pino';
import { systemClock, type Clock, type Timer } from './Clock';
import type { Database } from './storage/Database';
import type { Statement } from './storage/Statement';

const INTERVAL_MS = 60_000;

/** Deletes expired events with their deliveries, some a minute. Lasts until it is cancelled. */
export function startEventSweep(options: {
	expireOldEvents: (nowMs: number) => Statement[];
	database: Pick<Database, 'writeLazily'>;
	logger: Logger;
	clock?: Clock;
}): Timer {
	const { expireOldEvents, database, logger, clock = systemClock } = options;
	let timer: Timer;
	const sweep = () => {
		database.writeLazily(expireOldEvents(clock.now()), (error) =>
			logger.warn({ err: error }, 'Expired events could not be deleted'),
		);
		timer = clock.setTimer(sweep, INTERVAL_MS);
	};
	sweep();
	return { cancel: () => timer.cancel() };
}
