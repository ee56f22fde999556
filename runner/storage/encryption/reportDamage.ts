import type { Logger } from 'pino';
import { Counter, type Registry } from 'prom-client';
import type { DamagedValues } from './DamagedValues';

/** Logs and counts each stored value that does not open, by its column: a row may be a phone number. */
export function reportDamage(
	damaged: DamagedValues,
	{ logger, registry }: { logger: Logger; registry: Registry },
): void {
	const counter = new Counter({
		name: 'aww_damaged_values_total',
		help: 'Stored values that cannot be opened, by column: restore the database from a backup',
		labelNames: ['column'],
		registers: [registry],
	});
	damaged.watch((column) => {
		counter.inc({ column });
		logger.error(
			{ column },
			'A stored value cannot be opened and is left out: restore the database from a backup',
		);
	});
}
