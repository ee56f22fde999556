import type { DeliveryHealth } from './ports';

/** The schedule's first three attempts are over by then: this is more than a hiccup. */
const MAX_UNDELIVERED_MS = 600_000;
const MAX_LAG_MS = 500;

/** Something an operator should look at, though calls are answered. Told to all, so it names nobody. */
export interface ReadinessWarning {
	code: 'deliveries_delayed' | 'receivers_failing' | 'event_loop_lag';
	text: string;
}

/** What is not as it should be. `lagMs` is how late the event loop is. */
export function toReadinessWarnings(
	{ oldestPendingMs, failingReceivers }: DeliveryHealth,
	lagMs: number,
): ReadinessWarning[] {
	const warnings: ReadinessWarning[] = [];
	if (oldestPendingMs > MAX_UNDELIVERED_MS) {
		const minutes = Math.floor(oldestPendingMs / 60_000);
		const text = `The oldest undelivered event is ${minutes} minutes old: GET /api/deliveries?state=pending shows why.`;
		warnings.push({ code: 'deliveries_delayed', text });
	}
	if (failingReceivers > 0) {
		const text = `Webhook receivers that fail as a whole: ${failingReceivers}. GET /api/config and /api/subscriptions show which.`;
		warnings.push({ code: 'receivers_failing', text });
	}
	if (lagMs > MAX_LAG_MS) {
		const text = `The runner answers ${Math.round(lagMs)} ms late: it has too little CPU time for its sessions.`;
		warnings.push({ code: 'event_loop_lag', text });
	}
	return warnings;
}
