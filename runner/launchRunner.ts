import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { RUNNER_FILES, type InstanceState } from '../contract';
import type { RunnerConfig } from './config';
import { HttpServer } from './http/HttpServer';
import type { HttpParts } from './http/HttpParts';
import { Readiness } from './http/Readiness';
import { InstanceStore } from './instances/InstanceStore';
import { createMetrics } from './metrics/createMetrics';
import { acquireOwnership, createAdminKey, publishEndpoint, withdrawEndpoint } from './ownership';
import { readVersion } from './readVersion';
import type { CreateParts, RunnerParts } from './RunnerParts';
import { Database } from './storage/Database';
import { startEventSweep } from './startEventSweep';
import type { UndoStack } from './UndoStack';

/** How long calls in flight go on undisturbed once the runner stops, and how long they have in all. */
const UNDISTURBED_MS = 5_000;
const GRACE_MS = 8_000;

/** Where a started runner is reached, and what its first start needs. */
export interface StartedRunner extends Pick<HttpParts, 'instances' | 'sessions' | 'webhookConfig'> {
	url: string;
	/** Where the admin key was put; null when the configuration gave it. */
	adminKeyFile: string | null;
}

export interface LaunchOptions {
	config: RunnerConfig;
	logger: Logger;
	pid: number;
	createParts: CreateParts;
	/** Gets a step for everything that has been set going, also when the launch fails half-way. */
	undo: UndoStack;
}

/** Starts the parts in the order in which they need one another. */
export async function launchRunner(options: LaunchOptions): Promise<StartedRunner> {
	const { config, logger, undo, pid } = options;
	const { dataDir } = config;

	const ownership = acquireOwnership(dataDir);
	undo.push(() => ownership.release());
	const adminKey = config.adminKey ?? createAdminKey(dataDir);
	const database = Database.open(join(dataDir, 'runner.db'));
	undo.push(() => database.close());

	const instances = new InstanceStore(database);
	const metrics = createMetrics(() => toStates(instances, parts));
	const { registry } = metrics;
	const parts = options.createParts({ config, database, logger, registry });
	const readiness = new Readiness({ database: () => database.assertUsable() });
	const version = readVersion();
	const httpParts: HttpParts = {
		instances,
		sessions: parts.sessions,
		messages: parts.messages,
		webhookConfig: parts.webhooks.config,
		subscriptions: parts.webhooks.subscriptions,
		deliveries: parts.webhooks.deliveries,
		metrics,
		readiness,
		adminKey,
		version,
		logger: logger.child({ part: 'http' }),
	};
	const http = await HttpServer.listen(httpParts, config);
	undo.push(() => parts.webhooks.stop());
	undo.push(() => settle(http, parts));
	undo.push(() => readiness.markStopping());

	const expireOldEvents = (nowMs: number) => parts.webhooks.expireOldEvents(nowMs);
	const sweep = startEventSweep({ expireOldEvents, database, logger });
	undo.push(() => sweep.cancel());
	await parts.webhooks.start();
	await parts.sessions.startAll();
	readiness.markReady();
	const startedAt = new Date().toISOString();
	publishEndpoint(dataDir, { url: http.url, pid, startedAt, version });
	undo.push(() => withdrawEndpoint(dataDir));
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
