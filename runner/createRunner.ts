import type { RunnerConfig } from './config';
import { launchRunner, type LaunchOptions, type StartedRunner } from './launchRunner';
import { UndoStack } from './UndoStack';

/** The session runner as a whole: started once, stopped once. */
export interface Runner {
	/**
	 * Takes the data folder, brings the sessions back and answers calls. When it rejects nothing is
	 * left behind: with a DataFolderOwnedError, DataFolderUnusableError, StorageError or ListenError.
	 */
	start(): Promise<StartedRunner>;
	/** Answers the calls in flight, puts the sessions to rest and gives the data folder back. */
	stop(): Promise<void>;
}

/** Wires a runner; nothing happens before it is started. `pid` is published for other processes. */
export function createRunner(
	config: RunnerConfig,
	options: Pick<LaunchOptions, 'logger' | 'pid' | 'createParts' | 'onOwnershipLost' | 'onHandover'>,
): Runner {
	const { logger } = options;
	const undo = new UndoStack((error) =>
		logger.error({ err: error }, 'A part did not stop cleanly'),
	);
	let started: Promise<StartedRunner> | undefined;
	return {
		start() {
			started ??= launchRunner({ ...options, config, undo }).catch(async (error: unknown) => {
				await undo.run();
				throw error;
			});
			return started;
		},
		async stop() {
			// Half a start cannot be undone while its other half goes on; its failure is its caller's.
			await started?.catch(() => undefined);
			await undo.run();
		},
	};
}
