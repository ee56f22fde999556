import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { RunnerConfig } from './config';
import type {
	DeliveriesPort,
	MessagesPort,
	SubscriptionsPort,
	WebhookConfigPort,
} from './http/ports';
import type { SessionsPort } from './sessions/SessionPort';
import type { Database } from './storage/Database';
import type { Statement } from './storage/Statement';

/** What works behind the HTTP API, and how it is set going and brought to rest. */
export interface RunnerParts {
	sessions: SessionsPort & { startAll(): Promise<void>; stopAll(): Promise<void> };
	webhooks: {
		config: WebhookConfigPort;
		subscriptions: SubscriptionsPort;
		deliveries: DeliveriesPort;
		/** Deletes some of what is past its time. */
		expireOldEvents(nowMs: number): Statement[];
		start(): void | Promise<void>;
		stop(): Promise<void>;
	};
	messages: MessagesPort;
}

/** Makes the parts over an open database; none of them does anything before it is started. */
export type CreateParts = (base: {
	config: RunnerConfig;
	database: Database;
	logger: Logger;
	/** Where parts register what they measure. */
	registry: Registry;
}) => RunnerParts;
