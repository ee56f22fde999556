import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Clock } from './Clock';
import type { RunnerConfig } from './config';
import type {
	DeliveriesPort,
	DeliveryHealth,
	MessagesPort,
	PeopleListsPort,
	SubscriptionsPort,
	WebhookConfigPort,
} from './http/ports';
import type { InstanceStore } from './instances/InstanceStore';
import type { InstanceSettings } from './instances/InstanceSettings';
import type { Turn } from './limits/FairTurns';
import type { MediaReader } from './media/readMediaSource';
import type { MediaStore } from './media/MediaStore';
import type { SignedUrls } from './media/SignedUrls';
import type { LinkPreview } from './messages/Draft';
import type { SessionsPort } from './sessions/SessionPort';
import type { Database } from './storage/Database';

/** What works behind the HTTP API, and how it is set going and brought to rest. */
export interface RunnerParts {
	sessions: SessionsPort & { startAll(): Promise<void>; stopAll(): Promise<void> };
	webhooks: {
		config: WebhookConfigPort;
		subscriptions: SubscriptionsPort;
		deliveries: DeliveriesPort;
		health(): DeliveryHealth;
		/** Deletes some of what is past its time. */
		expireOldEvents(nowMs: number): Promise<void>;
		/** The machine's clock was set back. */
		clockSetBack(byMs: number): Promise<void>;
		start(): void | Promise<void>;
		stop(): Promise<void>;
	};
	messages: MessagesPort;
	media: MediaParts;
	settings: InstanceSettings;
	people: PeopleListsPort;
}

/** Files: where they lie, how they come in, and the links to them. */
export interface MediaParts {
	store: MediaStore;
	reader: MediaReader;
	urls: SignedUrls;
	/** Where ffmpeg is; null when this machine has none. Looked for once. */
	findFfmpeg: () => Promise<string | null>;
	/** A preview of the first link in a text; undefined when there is none to be had. */
	createLinkPreview: (text: string, turn: Turn) => Promise<LinkPreview | undefined>;
}

/** Makes the parts over an open database; none of them does anything before it is started. */
export type CreateParts = (base: {
	config: RunnerConfig;
	database: Database;
	instances: InstanceStore;
	logger: Logger;
	/** The time by which things expire. */
	expiry: Pick<Clock, 'now'>;
	/** Where parts register what they measure. */
	registry: Registry;
	/** Where links to this runner lead; known once it listens. */
	baseUrl: () => string;
}) => RunnerParts;
