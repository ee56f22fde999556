import { createSecretKey } from 'node:crypto';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ApiError } from '../ApiError';
import type { Clock } from '../Clock';
import { DataFolderUnusableError } from '../ownership/DataFolderUnusableError';
import type { Database } from '../storage/Database';
import type { Statement } from '../storage/Statement';
import { detectType } from './detectType';
import { KeyedQueue } from './KeyedQueue';
import type { MediaFile } from './MediaFile';
import { MediaFolder, type TemporaryFile } from './MediaFolder';
import { MediaRepository } from './MediaRepository';
import { onDisk } from './onDisk';
import { SealedFile } from './sealed/SealedFile';
import { toFileName } from './toFileName';
import { toTooLarge, writeHashed, type Written } from './writeHashed';

export interface MediaStoreOptions {
	dataDir: string;
	database: Database;
	maxFileBytes: number;
	quotaBytes: number;
	clock: Clock;
}

/** What is known of a file beside its content. */
export interface MediaFacts {
	mimetype?: string;
	fileName?: string | null;
	signal?: AbortSignal;
}

/** A finished temporary file. */
export type FinishedFile = Omit<MediaFile, 'content'> & Written;

/** A file that nobody keeps yet, or that is to be sent, is safe for so long after it came. */
const GRACE_MS = 3_600_000;

/**
 * Files on disk by the hash of their content, each of them once, for as long as somebody keeps them. Each
 * is sealed with a key of its own that stands, sealed, in the file's row: without the row nobody reads it.
 */
export class MediaStore {
	readonly maxFileBytes: number;
	private readonly folder: MediaFolder;
	private readonly rows: MediaRepository;
	/** A file must not be removed while the same file comes in again. */
	private readonly changes = new KeyedQueue();

	constructor(private readonly options: MediaStoreOptions) {
		this.maxFileBytes = options.maxFileBytes;
		this.folder = new MediaFolder(join(options.dataDir, 'media'));
		this.rows = new MediaRepository(options.database);
	}

	/**
	 * Makes the folders and removes what a crash left: half-written files, and files without a row.
	 * Throws DataFolderUnusableError.
	 */
	async open(): Promise<void> {
		const known = new Set(this.rows.listAll());
		try {
			await this.folder.open();
			const strangers = (await this.folder.list()).filter((sha256) => !known.has(sha256));
			for (const sha256 of strangers) await this.folder.remove(sha256);
		} catch (error) {
			throw new DataFolderUnusableError(this.options.dataDir, error);
		}
	}

	/** An empty file to write to, sealed (writeHashed, SealedWriter); `adopt` it or discard it. */
	createTemporary(): Promise<TemporaryFile> {
		return onDisk(() => this.folder.createTemporary());
	}

	/**
	 * Takes a stream, holding one chunk of it at a time. Throws `media_too_large`, `media_invalid`
	 * (empty), `storage_unavailable` or what the stream failed with; nothing is left then.
	 */
	async add(source: Readable, { signal, ...facts }: MediaFacts): Promise<MediaFile> {
		// Should it fail before it is read: the reading will find out, the process must not end of it.
		source.on('error', () => undefined);
		try {
			const limits = { maxBytes: this.maxFileBytes, ...(signal && { signal }) };
			return await this.addWritten((path) => writeHashed(source, path, limits), facts);
		} finally {
			source.destroy();
		}
	}

	/** Takes what `write` writes, sealed, to the path it is given: the outcome of a conversion, say. */
	async addWritten(
		write: (path: string) => Promise<Written>,
		facts: Omit<MediaFacts, 'signal'>,
	): Promise<MediaFile> {
		const temporary = await this.createTemporary();
		try {
			const { sha256, sizeBytes, key } = await write(temporary.path);
			requireContent(sizeBytes);
			const content = new SealedFile({ path: temporary.path, key, sizeBytes });
			const { mimetype } = await onDisk(() => detectType(content.toBlob(), facts));
			const fileName = facts.fileName ?? null;
			return await this.adopt(temporary.path, { sha256, sizeBytes, key, mimetype, fileName });
		} finally {
			await temporary.discard();
		}
	}

	/** Moves a finished temporary file into the store; it is removed if that fails. */
	async adopt(temporaryPath: string, finished: FinishedFile): Promise<MediaFile> {
		const { sha256, sizeBytes } = finished;
		try {
			requireContent(sizeBytes);
			if (sizeBytes > this.maxFileBytes) throw toTooLarge(this.maxFileBytes);
			await this.makeRoom(sha256, sizeBytes);
			return await this.changes.run(sha256, () => this.moveIn(temporaryPath, finished));
		} catch (error) {
			await this.folder.discard(temporaryPath);
			throw error;
		}
	}

	/** Undefined when it never was there, has expired, made room for others or was cut short. */
	find(sha256: string): MediaFile | undefined {
		const row = this.rows.find(sha256);
		if (!row || !this.folder.has(sha256, row.size)) return undefined;
		const key = createSecretKey(row.content_key);
		return {
			content: new SealedFile({ path: this.folder.pathOf(sha256), key, sizeBytes: row.size }),
			sha256,
			sizeBytes: row.size,
			mimetype: row.mimetype,
			fileName: row.file_name,
		};
	}

	/**
	 * Keeps a file for an instance until then: a statement for the caller's transaction. What is
	 * `outgoing` makes room for others only after everything that was received.
	 */
	keep(
		instanceId: string,
		sha256: string,
		expiresAtMs: number,
		{ outgoing = false }: { outgoing?: boolean } = {},
	): Statement {
		return this.rows.keep(instanceId, sha256, expiresAtMs, outgoing);
	}

	/**
	 * Removes files that no reference keeps any more and, when the quota is exceeded, the oldest
	 * received ones. What was given to be sent within the last hour stays.
	 */
	async sweep(nowMs: number): Promise<{ removed: number; bytes: number }> {
		const beforeMs = nowMs - GRACE_MS;
		await this.options.database.write([this.rows.expireReferences(nowMs)]);
		const unkept = await this.removeAll(this.rows.listUnkept(beforeMs), (sha256) =>
			this.rows.removeUnkept(sha256, beforeMs),
		);
		const evicted = await this.evict(this.rows.usedBytes() - this.options.quotaBytes, nowMs);
		return { removed: unkept.removed + evicted.removed, bytes: unkept.bytes + evicted.bytes };
	}

	private async moveIn(temporaryPath: string, finished: FinishedFile): Promise<MediaFile> {
		const { sha256, sizeBytes, key, mimetype } = finished;
		const { database, clock } = this.options;
		const fileName = toFileName(finished.fileName);
		const known = this.find(sha256);
		if (known) {
			await this.folder.discard(temporaryPath);
			await database.write([this.rows.touch(sha256, fileName, clock.now())]);
			return { ...known, mimetype, fileName };
		}
		// A row never has the key of another file than the one that lies there, whenever a crash comes.
		if (this.rows.find(sha256)) await database.write([this.rows.forget(sha256)]);
		const path = await onDisk(() => this.folder.moveIn(temporaryPath, sha256));
		const row = { size: sizeBytes, mimetype, file_name: fileName, content_key: key.export() };
		await database.write([this.rows.add(sha256, row, clock.now())]);
		const content = new SealedFile({ path, key, sizeBytes });
		return { content, sha256, sizeBytes, mimetype, fileName };
	}

	private async makeRoom(sha256: string, sizeBytes: number): Promise<void> {
		if (this.find(sha256)) return;
		const { quotaBytes, clock } = this.options;
		const excess = () => this.rows.usedBytes() + sizeBytes - quotaBytes;
		if (excess() > 0) await this.evict(excess(), clock.now());
		if (excess() <= 0) return;
		throw new ApiError(
			'storage_unavailable',
			'The media folder is full of files that are to be sent: try again in an hour, or ask the operator to raise AWW_MEDIA_QUOTA_MB.',
		);
	}

	/** Removes the oldest files until so many bytes are free. */
	private async evict(
		excessBytes: number,
		nowMs: number,
	): Promise<{ removed: number; bytes: number }> {
		const beforeMs = nowMs - GRACE_MS;
		const victims: Array<{ sha256: string; size: number }> = [];
		let remaining = excessBytes;
		if (remaining > 0) {
			for (const file of this.rows.listEvictable(beforeMs)) {
				if (remaining <= 0) break;
				victims.push(file);
				remaining -= file.size;
			}
		}
		return this.removeAll(victims, (sha256) => this.rows.evict(sha256, beforeMs));
	}

	private async removeAll(
		files: ReadonlyArray<{ sha256: string; size: number }>,
		toStatements: (sha256: string) => Statement[],
	): Promise<{ removed: number; bytes: number }> {
		let removed = 0;
		let bytes = 0;
		for (const { sha256, size } of files) {
			const isGone = await this.changes.run(sha256, async () => {
				await this.options.database.write(toStatements(sha256));
				if (this.rows.find(sha256)) return false;
				await onDisk(() => this.folder.remove(sha256));
				return true;
			});
			if (!isGone) continue;
			removed += 1;
			bytes += size;
		}
		return { removed, bytes };
	}
}

function requireContent(sizeBytes: number): void {
	if (sizeBytes === 0) throw new ApiError('media_invalid', 'The file is empty: it has 0 bytes.');
}
