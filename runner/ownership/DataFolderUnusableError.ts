import { types } from 'node:util';

/** The data folder cannot be made, read or written; the message says which and what to do. */
export class DataFolderUnusableError extends Error {
	constructor(dataDir: string, cause: unknown) {
		const reason = types.isNativeError(cause) ? cause.message : String(cause);
		super(
			`The data folder ${dataDir} cannot be used: ${reason}. ` +
				'Give the user that runs this process read and write access to it and free disk space, ' +
				'or choose another folder with AWW_DATA_DIR.',
			{ cause },
		);
		this.name = 'DataFolderUnusableError';
	}
}
