import type { Logger } from 'pino';
import type { Handover } from '../handover/Handover';
import type { InstanceRecord, InstanceStore } from '../instances/InstanceStore';
import type { Metrics } from '../metrics/createMetrics';
import type { InstanceSettings } from '../instances/InstanceSettings';
import type { MediaParts } from '../RunnerParts';
import type { SessionsPort } from '../sessions/SessionPort';
import type {
	DeliveriesPort,
	MessagesPort,
	PeopleListsPort,
	SubscriptionsPort,
	WebhookConfigPort,
} from './ports';
import type { Readiness } from './Readiness';

/** Everything the HTTP API speaks to. */
export interface HttpParts {
	instances: InstanceStore;
	sessions: SessionsPort;
	messages: MessagesPort;
	media: MediaParts;
	settings: InstanceSettings;
	people: PeopleListsPort;
	webhookConfig: WebhookConfigPort;
	subscriptions: SubscriptionsPort;
	deliveries: DeliveriesPort;
	metrics: Metrics;
	readiness: Readiness;
	handover: Pick<Handover, 'accept'>;
	adminKey: string;
	/** The package's version, for the OpenAPI document. */
	version: string;
	/** ISO 8601; tells the runner that published itself from another at the same address. */
	startedAt: string;
	logger: Logger;
}

declare module 'fastify' {
	interface FastifyContextConfig {
		access?: 'instance' | 'admin' | 'public';
	}
	interface FastifyRequest {
		/** Set on routes whose access is `instance`. */
		instance: InstanceRecord | undefined;
	}
}
