import type { PublishedRunner } from '../../contract';

/** Another process owns the data folder. `holder` is undefined while it has not published itself. */
export class DataFolderOwnedError extends Error {
	constructor(
		readonly dataDir: string,
		readonly holder: PublishedRunner | undefined,
	) {
		const who = holder
			? `process ${holder.pid} at ${holder.url}`
			: 'a process that is just starting';
		super(
			`The data folder ${dataDir} belongs to another session runner: ${who}. ` +
				'Use that one, stop it first, or choose another folder with AWW_DATA_DIR.',
		);
		this.name = 'DataFolderOwnedError';
	}
}
