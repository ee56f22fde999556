import type { Logger } from 'pino';
import { Counter, type Registry } from 'prom-client';
import type { Clock } from '../Clock';
import type { SessionCounters } from './SessionDependencies';

/** Refusals of one kind are logged once in this time: whoever asks without end would fill the disk. */
const LOG_PAUSE_MS = 60_000;

/** What the metrics count of all sessions, and the log of what is refused; neither names anybody. */
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
	const loggedAt = new Map<string, number>();
	return {
		closed: (code) => closed.inc({ code: String(code) }),
		onUndecryptable: () => undecryptable.inc(),
		onRetryRefused: (reason) => {
			refused.inc({ reason });
			const now = clock.now();
			if (Math.abs(now - (loggedAt.get(reason) ?? 0)) < LOG_PAUSE_MS) return;
			loggedAt.set(reason, now);
			logger.warn({ reason }, 'a message was not sent again to whoever asked for it');
		},
	};
}
