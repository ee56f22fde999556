import { RUNNER_FILES, type PublishedRunner } from '../contract';
import { systemClock } from './Clock';
import type { LaunchOptions } from './launchRunner';
import {
	acquireOwnership,
	assertNotServed,
	OwnershipWatch,
	publishEndpoint,
	readPublishedEndpoint,
	withdrawEndpoint,
} from './ownership';

/** A data folder that is this runner's for as long as it runs. */
export interface OwnDataFolder {
	/** Tells other processes where this runner listens. */
	publish(endpoint: PublishedRunner): void;
}

/** Takes the data folder of the configuration, and watches over it. Throws as `acquireOwnership` does. */
export async function ownDataFolder({
	config: { dataDir },
	logger,
	onOwnershipLost,
	undo,
}: Pick<LaunchOptions, 'config' | 'logger' | 'onOwnershipLost' | 'undo'>): Promise<OwnDataFolder> {
	let published: PublishedRunner | undefined;
	await assertNotServed(dataDir);
	const ownership = acquireOwnership(dataDir);
	undo.push(() => ownership.release());
	const watch = new OwnershipWatch(systemClock, ownership, {
		onRenewed() {
			logger.warn(
				`The lock file ${RUNNER_FILES.lock} was deleted or exchanged while its owner runs; it was made anew`,
			);
			if (published) publishEndpoint(dataDir, published);
		},
		onLost: onOwnershipLost,
		onError: (error) => logger.error({ err: error }, 'The data folder cannot be looked after'),
	});
	watch.start();
	undo.push(() => watch.stop());
	return {
		publish(endpoint) {
			published = endpoint;
			publishEndpoint(dataDir, endpoint);
			undo.push(() => {
				const isOurs = readPublishedEndpoint(dataDir)?.startedAt === endpoint.startedAt;
				if (isOurs) withdrawEndpoint(dataDir);
			});
		},
	};
}
