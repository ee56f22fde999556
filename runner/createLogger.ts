import { destination, pino, type Logger } from 'pino';
import type { RunnerConfig } from './config';

export type { Logger } from 'pino';

/** What must never be readable in a log, wherever somebody may put it by mistake. */
const SECRET_FIELDS = [
	...['apiKey', 'apikey', 'authorization', 'adminKey', 'secret', 'webhookSecret', 'creds'],
	...['qr', 'png', 'pairingCode', 'number', 'phone', 'jid', 'text', 'body', 'headers'],
];

/** The log of the runner: JSON lines on stderr, so that stdout stays for people. */
export function createLogger({ logLevel }: Pick<RunnerConfig, 'logLevel'>): Logger {
	const stderr = 2;
	return pino(
		{
			level: logLevel,
			base: null,
			redact: [...SECRET_FIELDS, ...SECRET_FIELDS.map((field) => `*.${field}`)],
		},
		// Synchronous: the last line before an exit is the one that matters.
		destination({ fd: stderr, sync: true }),
	);
}
