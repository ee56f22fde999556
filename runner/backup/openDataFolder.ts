import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../Clock';
import type { RunnerConfig } from '../config';
import { MediaStore } from '../media/MediaStore';
import { acquireOwnership, assertNotServed } from '../ownership';
import { Database } from '../storage/Database';
import { toMasterKeys } from '../toMasterKeys';
import { BackupError } from './BackupError';

/** A data folder that no runner may use meanwhile. */
export interface OpenDataFolder {
	database: Database;
	media: MediaStore;
	close(): Promise<void>;
}

/**
 * Owns the data folder of the configuration, as a runner would. Throws DataFolderOwnedError while one
 * runs, BackupError when there is none and `mustExist`, and what opening a database throws.
 */
export async function openDataFolder(
	config: RunnerConfig,
	{ mustExist }: { mustExist: boolean },
): Promise<OpenDataFolder> {
	const { dataDir, mediaQuotaBytes: quotaBytes } = config;
	const file = join(dataDir, 'runner.db');
	if (mustExist && !existsSync(file)) {
		throw new BackupError(
			`There is no data of a session runner in ${dataDir}. Name its folder with AWW_DATA_DIR; ` +
				'that of n8n’s embedded runner is .n8n/api-whatsapp-web in the home of the user who runs n8n.',
		);
	}
	await assertNotServed(dataDir);
	const ownership = acquireOwnership(dataDir);
	try {
		const database = Database.open(file, toMasterKeys(config, { isFixed: true }));
		const maxFileBytes = Number.MAX_SAFE_INTEGER;
		const media = new MediaStore({
			dataDir,
			database,
			maxFileBytes,
			quotaBytes,
			clock: systemClock,
		});
		await media.open();
		const close = async () => {
			await database.close();
			ownership.release();
		};
		return { database, media, close };
	} catch (error) {
		ownership.release();
		throw error;
	}
}
