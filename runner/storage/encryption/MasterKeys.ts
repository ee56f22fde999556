import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataFolderUnusableError } from '../../ownership/DataFolderUnusableError';
import { hasCode } from '../../ownership/hasCode';
import { isOpenToOthers } from '../../ownership/restrictFiles';
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
	/** What n8n derives from its own: nobody chose it, so a key of the folder's own may stand beside it. */
	embeddedKey?: string | undefined;
	/** Keys that may have been used until now. */
	previousKeys?: readonly string[] | undefined;
	/** For commands: what is there is opened with the key it has, and none takes another's place. */
	isFixed?: boolean;
	/** Told what an operator should know, in a sentence without secrets. */
	notify?: (notice: string) => void;
}

/**
 * The master keys that this start knows. Where the configuration gives none, one is made once and kept
 * in the data folder (mode 0600); it stays there when another takes its place later, for backups of
 * that time are opened with it.
 */
export class MasterKeys {
	constructor(private readonly options: MasterKeyOptions) {}

	/** Where the key to use comes from, to be named in errors. */
	get origin(): string {
		const { key, keyFile, embeddedKey } = this.options;
		if (key !== undefined) return 'AWW_ENCRYPTION_KEY';
		if (keyFile !== undefined) return `AWW_ENCRYPTION_KEY_FILE (${keyFile})`;
		return embeddedKey === undefined ? this.ownFile : 'n8n';
	}

	get ownFile(): string {
		return join(this.options.dataDir, FILE);
	}

	/** Whether somebody has chosen the key: then no other is used in its place. */
	get isGiven(): boolean {
		return this.options.key !== undefined || this.options.keyFile !== undefined;
	}

	/** Undefined when none was made yet. Throws EncryptionKeyError or DataFolderUnusableError. */
	read(): string | undefined {
		const { key, embeddedKey } = this.options;
		return key ?? this.readGivenFile() ?? embeddedKey ?? this.readOwn();
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

	/** Whether this start may put the key to use in the place of a previous one. */
	get isFixed(): boolean {
		return this.options.isFixed ?? false;
	}

	/** What the operator says the data was sealed with before: it may be replaced. */
	get previous(): readonly string[] {
		return this.options.previousKeys ?? [];
	}

	notify(notice: string): void {
		this.options.notify?.(notice);
	}

	/**
	 * A file outside the data folder is not ours to change, and a secret that Docker or Kubernetes mounts
	 * is readable for all by default: it is used all the same.
	 */
	warnOfOpenFile(): void {
		const { keyFile } = this.options;
		if (keyFile === undefined || !isOpenToOthers(keyFile)) return;
		this.notify(
			`Other users of this machine may read the encryption key in ${keyFile} (AWW_ENCRYPTION_KEY_FILE): ` +
				'give its owner alone access to it, with chmod 600 or 400.',
		);
	}

	/** The data folder's own key; undefined when none was made. Throws DataFolderUnusableError. */
	readOwn(): string | undefined {
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
