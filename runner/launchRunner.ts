import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { RUNNER_FILES, type InstanceState } from '../contract';
import { systemClock } from './Clock';
import { ClockWatch } from './ClockWatch';
import type { RunnerConfig } from './config';
import { ExpiryClock } from './ExpiryClock';
import { fulfilPromise, Handover } from './handover/Handover';
import { runningCode } from './handover/RunningCode';
import { HttpServer } from './http/HttpServer';
import type { HttpParts } from './http/HttpParts';
import { Readiness } from './http/Readiness';
import { toReadinessWarnings } from './http/readinessWarnings';
import { InstanceStore } from './instances/InstanceStore';
import { createMetrics } from './metrics/createMetrics';
import { EventLoopWatch } from './metrics/EventLoopWatch';
import { ownDataFolder } from './ownDataFolder';
import { createAdminKey, type DataFolderOwnedError } from './ownership';
import { readVersion } from './readVersion';
import type { CreateParts, RunnerParts } from './RunnerParts';
import { Database } from './storage/Database';
import { KeyRotation } from './storage/encryption/KeyRotation';
import { reportDamage } from './storage/encryption/reportDamage';
import { startEventSweep } from './startEventSweep';
import { toMasterKeys } from './toMasterKeys';
import type { UndoStack } from './UndoStack';

/** How long calls in flight go on undisturbed once the runner stops, and how long they have in all. */
const UNDISTURBED_MS = 5_000;
const GRACE_MS = 8_000;

/** Where a started runner is reached, and what its first start needs. */
export interface StartedRunner extends Pick<
	HttpParts,
	'instances' | 'sessions' | 'webhookConfig' | 'settings'
> {
	url: string;
	/** Where the admin key was put; null when the configuration gave it. */
	adminKeyFile: string | null;
}

export interface LaunchOptions {
	config: RunnerConfig;
	logger: Logger;
	pid: number;
	createParts: CreateParts;
	/** Another process has taken the data folder: whoever goes on uses the same login twice. */
	onOwnershipLost: (error: DataFolderOwnedError) => void;
	/** A newer version asks for the folder: whoever runs this one has to stop it. */
	onHandover: () => void;
	/** Gets a step for everything that has been set going, also when the launch fails half-way. */
	undo: UndoStack;
}

/** Starts the parts in the order in which they need one another. */
export async function launchRunner(options: LaunchOptions): Promise<StartedRunner> {
	const { config, logger, undo, pid } = options;
	const { dataDir } = config;

	const notify = (notice: string) => logger.warn(notice);
	const startedAt = new Date().toISOString();
	const folder = await ownDataFolder(options);
	const database = Database.open(join(dataDir, 'runner.db'), toMasterKeys(config, { notify }));
	undo.push(() => database.close());
	const adminKey = config.adminKey ?? createAdminKey(dataDir);

	const instances = new InstanceStore(database);
	const metrics = createMetrics(() => toStates(instances, parts));
	const { registry } = metrics;
	reportDamage(database.damaged, { logger, registry });
	const baseUrl = () => config.publicUrl ?? http.url;
	const expiry = new ExpiryClock({ database, clock: systemClock });
	const base = { config, database, instances, logger, expiry, registry, baseUrl };
	const parts = options.createParts(base);
	await parts.media.store.open();
	const eventLoop = new EventLoopWatch(systemClock);
	eventLoop.start();
	undo.push(() => eventLoop.stop());
	const readiness = new Readiness({ database: () => database.assertUsable() }, () =>
		toReadinessWarnings(parts.webhooks.health(), eventLoop.lagMs()),
	);
	const version = readVersion();
	const httpParts: HttpParts = {
		instances,
		sessions: parts.sessions,
		messages: parts.messages,
		media: parts.media,
		settings: parts.settings,
		people: parts.people,
		webhookConfig: parts.webhooks.config,
		subscriptions: parts.webhooks.subscriptions,
		deliveries: parts.webhooks.deliveries,
		metrics,
		readiness,
		handover: new Handover({
			dataDir,
			version,
			isEmbedded: config.embedded,
			code: runningCode,
			stop: options.onHandover,
		}),
		adminKey,
		version,
		startedAt,
		logger: logger.child({ part: 'http' }),
	};
	const http = await HttpServer.listen(httpParts, config);
	undo.push(() => parts.webhooks.stop());
	undo.push(() => settle(http, parts));
	undo.push(() => readiness.markStopping());

	const expireOldEvents = (nowMs: number) => parts.webhooks.expireOldEvents(nowMs);
	const sweep = startEventSweep({ expireOldEvents, expiry, database, logger });
	undo.push(() => sweep.cancel());
	const rotation = new KeyRotation({ database, logger: logger.child({ part: 'encryption' }) });
	rotation.start();
	undo.push(() => rotation.stop());
	const clockWatch = new ClockWatch(systemClock, (byMs) => {
		logger.warn({ byMs }, 'The clock was set back');
		parts.webhooks
			.clockSetBack(byMs)
			.catch((error: unknown) =>
				logger.error({ err: error }, 'Deliveries may be late by that much'),
			);
	});
	clockWatch.start();
	undo.push(() => clockWatch.stop());
	await parts.webhooks.start();
	await parts.sessions.startAll();
	readiness.markReady();
	folder.publish({ url: http.url, pid, startedAt, version, code: runningCode.identity });
	fulfilPromise(dataDir);
	logger.info({ url: http.url, version }, 'The session runner is ready');
	const adminKeyFile = config.adminKey ? null : join(dataDir, RUNNER_FILES.adminKey);
	return { url: http.url, adminKeyFile, ...httpParts };
}

function toStates(instances: InstanceStore, { sessions }: RunnerParts): InstanceState[] {
	return instances.list().map(({ id }) => sessions.get(id)?.status().state ?? 'stopped');
}

/** Sends in flight wait for WhatsApp, so they keep their sessions for a while. */
async function settle(http: HttpServer, { sessions }: RunnerParts): Promise<void> {
	const closed = http.close(GRACE_MS);
	await Promise.race([closed, delay(UNDISTURBED_MS, undefined, { ref: false })]);
	await sessions.stopAll();
	await closed;
}
