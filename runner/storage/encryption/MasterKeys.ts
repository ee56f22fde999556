import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataFolderUnusableError } from '../../ownership/DataFolderUnusableError';
import { hasCode } from '../../ownership/hasCode';
import { writePrivateFile } from '../../ownership/writePrivateFile';
import { EncryptionKeyError } from './EncryptionKeyError';

const FILE = 'encryption-key';

/** Shorter ones could be guessed. */
const MIN_KEY_CHARACTERS = 32;

export interface MasterKeyOptions {
	dataDir: string;
	/** The key itself; it comes before the others. */
	key?: string | undefined;
	/** A file with the key. */
	keyFile?: string | undefined;
	/** Keys that may have been used until now. */
	previousKeys?: readonly string[] | undefined;
}

/**
 * The master keys that this start knows. Where the configuration gives none, one is made once and kept
 * in the data folder (mode 0600); it stays there when another takes its place later, for backups of
 * that time are opened with it.
 */
export class MasterKeys {
	constructor(private readonly options: MasterKeyOptions) {}

	/** Where the key in use comes from, to be named in errors. */
	get origin(): string {
		const { key, keyFile } = this.options;
		if (key !== undefined) return 'AWW_ENCRYPTION_KEY';
		return keyFile === undefined ? this.ownFile : `AWW_ENCRYPTION_KEY_FILE (${keyFile})`;
	}

	/** Undefined when none was made yet. Throws EncryptionKeyError or DataFolderUnusableError. */
	read(): string | undefined {
		return this.options.key ?? this.readGivenFile() ?? this.readOwn();
	}

	/** The key to use from now on, made if there is none yet. */
	create(): string {
		const existing = this.read();
		if (existing !== undefined) return existing;
		const key = randomBytes(32).toString('hex');
		try {
			if (writePrivateFile(this.ownFile, `${key}\n`, { keepExisting: true })) return key;
		} catch (error) {
			throw new DataFolderUnusableError(this.options.dataDir, error);
		}
		// Somebody else was quicker: theirs counts.
		return this.create();
	}

	/** What the data may have been sealed with before, the data folder's own key included. */
	readPrevious(): string[] {
		const own = this.readOwn();
		return [...(this.options.previousKeys ?? []), ...(own === undefined ? [] : [own])];
	}

	private get ownFile(): string {
		return join(this.options.dataDir, FILE);
	}

	private readOwn(): string | undefined {
		try {
			return toKey(readFileSync(this.ownFile, 'utf8'));
		} catch (error) {
			if (hasCode(error, 'ENOENT')) return undefined;
			throw new DataFolderUnusableError(
				this.options.dataDir,
				error instanceof RangeError
					? new Error(`${this.ownFile} is damaged: restore it from a backup`)
					: error,
			);
		}
	}

	private readGivenFile(): string | undefined {
		const { keyFile } = this.options;
		if (keyFile === undefined) return undefined;
		try {
			return toKey(readFileSync(keyFile, 'utf8'));
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			throw new EncryptionKeyError(
				`The encryption key cannot be read from the file ${keyFile}: ${reason}. ` +
					'Let AWW_ENCRYPTION_KEY_FILE name a file that holds the key and that this user may read.',
			);
		}
	}
}

function toKey(text: string): string {
	const key = text.trim();
	if (key.length >= MIN_KEY_CHARACTERS) return key;
	throw new RangeError(`it holds less than ${MIN_KEY_CHARACTERS} characters`);
}
