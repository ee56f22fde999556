import { createHash, randomBytes, scrypt, type ScryptOptions } from 'node:crypto';
import { BackupError } from './BackupError';

/** What everybody may read of a backup: how its key comes from the passphrase. */
interface BackupHeader {
	format: typeof FORMAT;
	version: typeof VERSION;
	scrypt: { cost: number; blockSize: number; parallelization: number; salt: string };
}

/** Opens and seals the frames of one backup. */
export interface BackupKey {
	/** AES-256 */
	key: Buffer;
	/** Authenticated with each frame, so that none can be moved into another backup. */
	fingerprint: Buffer;
}

const FORMAT = 'api-whatsapp-web backup';
const VERSION = 1;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** With `cost` as below OWASP's choice for scrypt: 128 MB, a few tenths of a second. */
const SCRYPT = { blockSize: 8, parallelization: 1 };
/** How hard a passphrase is to guess: a power of two. */
export const SCRYPT_COST = 2 ** 17;
/** A forged header must not take all memory. */
const MAX_SCRYPT_BYTES = 2 ** 29;
/** Longer than any header. */
export const MAX_HEADER_BYTES = 1024;

/** A header with a salt of its own: one line of JSON. */
export function createHeader(cost: number): string {
	const salt = randomBytes(SALT_BYTES).toString('base64');
	const params = { cost, ...SCRYPT, salt };
	const header: BackupHeader = { format: FORMAT, version: VERSION, scrypt: params };
	return JSON.stringify(header);
}

/** The key that a passphrase gives for a header. Throws BackupError for what is no backup of ours. */
export async function toBackupKey(headerText: string, passphrase: string): Promise<BackupKey> {
	const { salt, cost, blockSize, parallelization } = parse(headerText).scrypt;
	const options = { cost, blockSize, parallelization, maxmem: MAX_SCRYPT_BYTES };
	const key = await derive(passphrase.normalize('NFKC'), Buffer.from(salt, 'base64'), options);
	return { key, fingerprint: createHash('sha256').update(headerText).digest() };
}

function parse(text: string): BackupHeader {
	const header = toObject(text) as Partial<BackupHeader> | undefined;
	if (header?.format !== FORMAT) {
		throw new BackupError('This file is no backup of an instance.');
	}
	if (header.version !== VERSION) {
		throw new BackupError(
			'This backup was written by a newer version of this package. Update the package, then import it.',
		);
	}
	if (!isScrypt(header.scrypt)) throw toDamagedError();
	return { format: FORMAT, version: VERSION, scrypt: header.scrypt };
}

/** Whoever wrote the file chose what stands there. */
function isScrypt(value: unknown): value is BackupHeader['scrypt'] {
	if (typeof value !== 'object' || value === null) return false;
	const { cost, blockSize, parallelization, salt } = value as Record<string, unknown>;
	return [cost, blockSize, parallelization].every(Number.isSafeInteger) && typeof salt === 'string';
}

function toDamagedError(): BackupError {
	return new BackupError('This file is damaged: restore another one.');
}

function toObject(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function derive(passphrase: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const done = (error: Error | null, key: Buffer) =>
			error ? reject(toDamagedError()) : resolve(key);
		try {
			scrypt(passphrase, salt, KEY_BYTES, options, done);
		} catch {
			reject(toDamagedError());
		}
	});
}
