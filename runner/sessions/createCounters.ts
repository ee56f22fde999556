import type { Logger } from 'pino';
import { Counter, type Registry } from 'prom-client';
import type { Clock } from '../Clock';
import type { SessionCounters } from './SessionDependencies';

/** What is of one kind is logged once in this time, the rest for debugging only: somebody may go on without end. */
const LOG_PAUSE_MS = 60_000;

/** What the metrics count of all sessions, and the log of what went wrong with messages; neither names anybody. */
export function createCounters({
	registry,
	logger,
	clock,
}: {
	registry: Registry | undefined;
	logger: Logger;
	clock: Pick<Clock, 'now'>;
}): SessionCounters {
	const registers = registry ? [registry] : [];
	const closed = new Counter({
		name: 'aww_connections_closed_total',
		help: 'Connections to WhatsApp that have ended, by status code',
		labelNames: ['code'],
		registers,
	});
	const undecryptable = new Counter({
		name: 'aww_undecryptable_messages_total',
		help: 'Messages that could not be decrypted and were asked for again',
		registers,
	});
	const refused = new Counter({
		name: 'aww_retries_refused_total',
		help: 'Messages from here that were not sent again to whoever asked for them, by reason',
		labelNames: ['reason'],
		registers,
	});
	const recovered = new Counter({
		name: 'aww_recovered_messages_total',
		help: 'Messages that have come after they were asked for again, by whether later ones of their chat came before them (order: kept or lost)',
		labelNames: ['order'],
		registers,
	});
	const loggedAt = new Map<string, number>();
	/** Whether a line of this kind is due. */
	const isDue = (kind: string): boolean => {
		const now = clock.now();
		if (Math.abs(now - (loggedAt.get(kind) ?? 0)) < LOG_PAUSE_MS) return false;
		loggedAt.set(kind, now);
		return true;
	};
	let askedAgain = 0;
	let recoveries = 0;
	return {
		closed: (code) => closed.inc({ code: String(code) }),
		onUndecryptable: () => {
			undecryptable.inc();
			askedAgain += 1;
			const level = isDue('undecryptable') ? 'warn' : 'debug';
			logger[level](
				{ total: askedAgain },
				'a message could not be read: its sender is asked again',
			);
		},
		onRecovered: ({ waitedMs, overtakenBy }) => {
			recovered.inc({ order: overtakenBy > 0 ? 'lost' : 'kept' });
			recoveries += 1;
			const level = isDue('recovered') ? 'info' : 'debug';
			const numbers = { waitedMs, overtakenBy, total: recoveries };
			logger[level](numbers, 'a message has come after it was asked for again');
		},
		onRetryRefused: (reason) => {
			refused.inc({ reason });
			if (!isDue(reason)) return;
			logger.warn({ reason }, 'a message was not sent again to whoever asked for it');
		},
	};
}
