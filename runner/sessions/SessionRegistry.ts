import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { systemClock, type Clock } from '../Clock';
import type { InstanceSettings } from '../instances/InstanceSettings';
import type { MediaStore } from '../media/MediaStore';
import type { WhatsAppProxy } from '../proxy/WhatsAppProxy';
import type { Database } from '../storage/Database';
import { expireOldCredentials } from '../storage/expireOldCredentials';
import type { OutboxPort } from '../webhooks/OutboxPort';
import { fetchVersion } from '../whatsapp/fetchVersion';
import { prepareLibraries } from '../whatsapp/prepareLibraries';
import { Session } from './Session';
import { createCounters } from './createCounters';
import type { SessionDependencies } from './SessionDependencies';
import type { SessionsPort } from './SessionPort';
import { SessionRepository } from './SessionRepository';
import { expireOldMessages } from '../messages/expireOldMessages';
import { expireOldPeople } from '../people/expireOldPeople';

const DAY_MS = 24 * 3_600_000;
const SWEEP_INTERVAL_MS = 3_600_000;

export interface SessionRegistryOptions {
	database: Database;
	outbox: OutboxPort;
	config: {
		messageTtlDays: number;
		/** How many messages an instance may send in a minute unless its settings say otherwise; 0: no limit. */
		messagesPerMinute: number;
		/** For simulators only. */
		whatsappUrl?: string;
		/** Hex of the key that signs the simulator's certificate. */
		whatsappRootKey?: string;
	};
	media: MediaStore;
	/** URL of a stored file of an instance, for as long as messages are kept. */
	toMediaUrl: (instanceId: string, sha256: string) => string;
	settings: InstanceSettings;
	/** See SessionDependencies. */
	proxyOf: (instanceId: string) => WhatsAppProxy | undefined;
	/** Asked at each event: an instance can be renamed. */
	instanceName: (instanceId: string) => string;
	/** Name of a group of an instance; null when it is not known. */
	chatName: (instanceId: string, chat: string) => string | null;
	logger: Logger;
	clock?: Clock;
	/** The time by which things expire; the clock's unless given. */
	expiry?: Pick<Clock, 'now'>;
	registry?: Registry;
}

/** All sessions of this runner. */
export class SessionRegistry implements SessionsPort {
	private readonly sessions = new Map<string, Session>();
	private readonly dependencies: SessionDependencies;
	private sweepTimer: { cancel(): void } | undefined;
	private mediaSweep: Promise<void> | undefined;

	constructor(private readonly options: SessionRegistryOptions) {
		const { config, registry } = options;
		prepareLibraries(
			config.whatsappRootKey ? Buffer.from(config.whatsappRootKey, 'hex') : undefined,
		);
		const clock = options.clock ?? systemClock;
		this.dependencies = {
			database: options.database,
			outbox: options.outbox,
			clock,
			expiry: options.expiry ?? clock,
			logger: options.logger,
			ttlMs: config.messageTtlDays * DAY_MS,
			media: options.media,
			toMediaUrl: options.toMediaUrl,
			settings: options.settings,
			messagesPerMinute: config.messagesPerMinute,
			instanceName: options.instanceName,
			chatName: options.chatName,
			refreshVersion: fetchVersion,
			proxyOf: options.proxyOf,
			counters: createCounters({ registry, logger: options.logger, clock }),
			...(config.whatsappUrl ? { whatsappUrl: config.whatsappUrl } : {}),
		};
	}

	get(instanceId: string): Session | undefined {
		return this.sessions.get(instanceId);
	}

	add(instanceId: string): Session {
		const session = new Session(instanceId, this.dependencies);
		this.sessions.set(instanceId, session);
		return session;
	}

	async remove(instanceId: string): Promise<void> {
		await this.sessions.get(instanceId)?.remove();
		this.sessions.delete(instanceId);
	}

	/** Brings back every instance that was linked when the runner last ran. */
	async startAll(): Promise<void> {
		for (const id of new SessionRepository(this.options.database).ids()) {
			const session = this.add(id);
			if (!session.wantsConnection) continue;
			// One that cannot start says so in its own state; the others are none the worse.
			await session.connect().catch(() => undefined);
		}
		this.sweep();
	}

	async stopAll(): Promise<void> {
		this.sweepTimer?.cancel();
		await Promise.all([...this.sessions.values()].map((session) => session.stop()));
		await this.mediaSweep;
	}

	private sweep(): void {
		const { clock, expiry, logger } = this.dependencies;
		const nowMs = expiry.now();
		const expired = [expireOldMessages, expireOldPeople, expireOldCredentials].flatMap((expire) =>
			expire(nowMs),
		);
		this.options.database.writeLazily(expired, (error) =>
			logger.warn({ err: error }, 'old messages were not removed'),
		);
		this.mediaSweep = this.options.media
			.sweep(nowMs)
			.then(() => undefined)
			.catch((error: unknown) => logger.warn({ err: error }, 'old files were not removed'));
		this.sweepTimer = clock.setTimer(() => this.sweep(), SWEEP_INTERVAL_MS);
	}
}
