import { open, type FileHandle } from 'node:fs/promises';
import { BackupError } from './BackupError';
import { MAX_HEADER_BYTES, toBackupKey, type BackupKey } from './backupHeader';
import { decodeRecord, type BackupRecord } from './BackupRecord';
import { openFrame, PREFIX_BYTES, readFrameLength, toDamaged } from './frames';

/** A backup file whose passphrase is known. */
export class BackupReader {
	private constructor(
		private readonly path: string,
		private readonly key: BackupKey,
		private readonly start: number,
	) {}

	/** Throws BackupError. Whether the passphrase is right shows at the first record. */
	static async open(path: string, passphrase: string): Promise<BackupReader> {
		const file = await openFile(path);
		try {
			const begin = Buffer.alloc(MAX_HEADER_BYTES);
			const { bytesRead } = await file.read(begin, 0, begin.length, 0);
			const end = begin.subarray(0, bytesRead).indexOf('\n');
			const header = begin.toString('utf8', 0, Math.max(end, 0));
			return new BackupReader(path, await toBackupKey(header, passphrase), end + 1);
		} finally {
			await file.close();
		}
	}

	/** All records, the last one excepted; may be read again. Throws BackupError, also for a part only. */
	async *records(): AsyncGenerator<BackupRecord, undefined> {
		const file = await openFile(this.path);
		try {
			let position = this.start;
			for (let place = 0; ; place++) {
				const prefix = await readExactly(file, position, PREFIX_BYTES);
				const length = readFrameLength(prefix);
				const body = await readExactly(file, position + PREFIX_BYTES, length);
				position += PREFIX_BYTES + length;
				const record = decodeRecord(openFrame(this.key, place, body));
				if (!record) throw toDamaged();
				if (record.kind === 'end') return undefined;
				yield record;
			}
		} finally {
			await file.close();
		}
	}
}

async function openFile(path: string): Promise<FileHandle> {
	return await open(path, 'r').catch((error: Error) => {
		throw new BackupError(`The backup cannot be read: ${error.message}.`);
	});
}

async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
	const bytes = Buffer.alloc(length);
	const { bytesRead } = await file.read(bytes, 0, length, position);
	if (bytesRead < length) throw toDamaged();
	return bytes;
}
