import { statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { toCodeIdentity } from '../../contract';
import { ApiError } from '../ApiError';

/**
 * The program on the disk that this process was started from. An update of the package puts another one
 * in its place while the process lives, and what is loaded only then would be missing, or be of the
 * other version.
 */
export class RunningCode {
	/** Undefined when it was gone before it could be looked at. */
	readonly identity: string | undefined;

	constructor(private readonly file: string) {
		this.identity = readIdentity(file);
	}

	/** Whether it is gone, or another one stands in its place. */
	isReplaced(): boolean {
		return readIdentity(this.file) !== this.identity;
	}

	/** To be called before something is loaded late. Throws `runner_replaced`. */
	assertUnchanged(): void {
		if (this.isReplaced()) throw new ApiError('runner_replaced');
	}
}

function readIdentity(file: string): string | undefined {
	const found = statSync(file, { bigint: true, throwIfNoEntry: false });
	return found && toCodeIdentity(found);
}

/** That of this process, looked at when it starts. */
export const runningCode = new RunningCode(join(__dirname, '..', `main${extname(__filename)}`));
