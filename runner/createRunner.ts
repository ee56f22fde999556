import type { Logger } from 'pino';
import type { RunnerConfig } from './config';
import { launchRunner, type StartedRunner } from './launchRunner';
import type { CreateParts } from './RunnerParts';
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
	{ logger, pid, createParts }: { logger: Logger; pid: number; createParts: CreateParts },
): Runner {
	const undo = new UndoStack((error) =>
		logger.error({ err: error }, 'A part did not stop cleanly'),
	);
	let started: Promise<StartedRunner> | undefined;
	return {
		start() {
			started ??= launchRunner({ config, logger, pid, createParts, undo }).catch(
				async (error: unknown) => {
					await undo.run();
					throw error;
				},
			);
			return started;
		},
		async stop() {
			// Half a start cannot be undone while its other half goes on; its failure is its caller's.
			await started?.catch(() => undefined);
			await undo.run();
		},
	};
}
