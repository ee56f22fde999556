import { open, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode } from '../ownership/hasCode';
import { syncFolder } from '../ownership/syncFolder';
import { BackupError } from './BackupError';
import { createHeader, SCRYPT_COST, toBackupKey, type BackupKey } from './backupHeader';
import { encodeRecord, type BackupRecord } from './BackupRecord';
import { sealFrame } from './frames';

/** Writes a new backup file, mode 0600, record after record; no more than one of them is in memory. */
export class BackupWriter {
	private place = 0;

	private constructor(
		private readonly path: string,
		private readonly file: FileHandle,
		private readonly key: BackupKey,
	) {}

	/** Throws BackupError when the file is there already or cannot be made. */
	static async create(
		path: string,
		passphrase: string,
		scryptCost = SCRYPT_COST,
	): Promise<BackupWriter> {
		const header = createHeader(scryptCost);
		const key = await toBackupKey(header, passphrase);
		const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
			throw toCreateError(path, error);
		});
		await file.write(`${header}\n`);
		return new BackupWriter(path, file, key);
	}

	async write(record: BackupRecord): Promise<void> {
		await this.file.writeFile(sealFrame(this.key, this.place, encodeRecord(record)));
		this.place += 1;
	}

	/** Resolves once all of it is on disk, its name included: the instance may be handed over then. */
	async finish(): Promise<void> {
		await this.write({ kind: 'end' });
		await this.file.sync();
		await this.file.close();
		syncFolder(dirname(this.path));
	}

	/** Leaves no half of a backup behind. */
	async discard(): Promise<void> {
		await this.file.close().catch(() => undefined);
		await rm(this.path, { force: true });
	}
}

function toCreateError(path: string, error: unknown): BackupError {
	if (hasCode(error, 'EEXIST')) {
		return new BackupError(`${path} is there already. Choose another name, or move it away.`);
	}
	const reason = error instanceof Error ? error.message : String(error);
	return new BackupError(`The backup cannot be written: ${reason}. Choose another place.`);
}
