import type { Logger } from 'pino';
import type { Clock } from '../Clock';
import type { InstanceSettings } from '../instances/InstanceSettings';
import type { MediaStore } from '../media/MediaStore';
import type { Recovery } from '../messages/AwaitedMessages';
import type { WhatsAppProxy } from '../proxy/WhatsAppProxy';
import type { Database } from '../storage/Database';
import type { OutboxPort } from '../webhooks/OutboxPort';
import type { WhatsAppVersion } from './ConnectionKeeper';

/** What all sessions of a runner share. */
export interface SessionDependencies {
	database: Database;
	outbox: OutboxPort;
	clock: Clock;
	/** The time by which things expire. */
	expiry: Pick<Clock, 'now'>;
	logger: Logger;
	ttlMs: number;
	/** ws:// URL of a simulator; WhatsApp's own when absent. */
	whatsappUrl?: string;
	refreshVersion: (proxy: WhatsAppProxy | undefined) => Promise<WhatsAppVersion | undefined>;
	/** What an instance reaches WhatsApp through; direct when undefined. Throws when its proxy cannot be used. */
	proxyOf: (instanceId: string) => WhatsAppProxy | undefined;
	/** Files of messages. */
	media: MediaStore;
	/** URL of a stored file of an instance, for as long as messages are kept. */
	toMediaUrl: (instanceId: string, sha256: string) => string;
	settings: InstanceSettings;
	/** How many messages an instance may send in a minute unless its own settings say otherwise; 0 for no limit. */
	messagesPerMinute: number;
	/** Asked at each event: an instance can be renamed. */
	instanceName: (instanceId: string) => string;
	/** Name of a group of an instance; null when it is not known. */
	chatName: (instanceId: string, chat: string) => string | null;
	counters: SessionCounters;
}

/** What the metrics count of sessions. */
export interface SessionCounters {
	closed(code: number): void;
	onUndecryptable(): void;
	/** A message that was asked for again has come. */
	onRecovered(recovery: Recovery): void;
	/** Somebody has asked for a message again that was not sent to them, or too often. */
	onRetryRefused(reason: string): void;
}
