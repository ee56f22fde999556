import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isNewerVersion, RUNNER_FILES, type PromisedSuccessor } from '../../contract';
import { ApiError } from '../ApiError';
import { writePrivateFile } from '../ownership';
import type { RunningCode } from './RunningCode';

export interface HandoverOptions {
	dataDir: string;
	/** Of this runner. */
	version: string;
	/** Whether n8n has started it: another one is for its user to stop. */
	isEmbedded: boolean;
	code: Pick<RunningCode, 'isReplaced'>;
	/** Stops this runner in good order. */
	stop(): void;
}

/** Decides whether this runner makes room for one of another version, when the nodes of that ask for it. */
export class Handover {
	constructor(private readonly options: HandoverOptions) {}

	/** Stops the runner and promises its folder to this version. Throws `handover_refused`. */
	accept(version: string): void {
		const { dataDir, isEmbedded, code } = this.options;
		const isWanted = isNewerVersion(version, this.options.version) || code.isReplaced();
		if (!isEmbedded || !isWanted) throw new ApiError('handover_refused');
		const promise: PromisedSuccessor = { version, at: new Date().toISOString() };
		writePrivateFile(toPath(dataDir), `${JSON.stringify(promise)}\n`);
		this.options.stop();
	}
}

/** The successor is there: nobody has to wait for it any more. */
export function fulfilPromise(dataDir: string): void {
	rmSync(toPath(dataDir), { force: true });
}

function toPath(dataDir: string): string {
	return join(dataDir, RUNNER_FILES.successor);
}
