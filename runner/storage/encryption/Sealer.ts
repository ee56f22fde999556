import { createCipheriv, createDecipheriv, randomFillSync, type KeyObject } from 'node:crypto';

/** The data keys by id, and the one that new values are sealed with. */
export interface SealingKeys {
	activeId: number;
	/** AES-256 */
	keys: ReadonlyMap<number, KeyObject>;
}

/** What a value is and where it stands. It is authenticated: in another place the value does not open. */
export type Context = ReadonlyArray<string | number>;

/** A value that was damaged, put into another place, or sealed with a key that is not here. */
export class UnopenableError extends Error {
	override readonly name = 'UnopenableError';
}

const ALGORITHM = 'aes-256-gcm';
const BYTES = 1;
const TEXT = 2;
const HEADER_BYTES = 5;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** So many bytes a sealed value is longer than what is in it. */
export const OVERHEAD_BYTES = HEADER_BYTES + NONCE_BYTES + TAG_BYTES;
const NONCES_AT_ONCE = 512;

/**
 * Seals values for storage: one byte for format and kind (1 bytes, 2 text), the data key's id (4 bytes,
 * big-endian), a random 96-bit nonce, the ciphertext, the 128-bit tag. The database's thread imports it
 * as it is, so nothing in here may need compiling.
 */
export class Sealer {
	/** How many values were sealed with the active key by this object. */
	sealedCount = 0;
	private sealing: SealingKeys;
	private readonly nonces = Buffer.alloc(NONCE_BYTES * NONCES_AT_ONCE);
	private nonceAt = this.nonces.length;

	constructor(sealing: SealingKeys) {
		this.sealing = sealing;
	}

	get activeId(): number {
		return this.sealing.activeId;
	}

	/** From now on these keys count. */
	use(sealing: SealingKeys): void {
		if (sealing.activeId !== this.sealing.activeId) this.sealedCount = 0;
		this.sealing = sealing;
	}

	seal(plain: string | Uint8Array, context: Context): Uint8Array {
		const { activeId } = this.sealing;
		const header = Buffer.allocUnsafe(HEADER_BYTES);
		header[0] = typeof plain === 'string' ? TEXT : BYTES;
		header.writeUInt32BE(activeId, 1);
		const nonce = this.nextNonce();
		const cipher = createCipheriv(ALGORITHM, this.keyOf(activeId), nonce);
		cipher.setAAD(toAad(header, context));
		const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
		cipher.final();
		this.sealedCount++;
		return Buffer.concat([header, nonce, body, cipher.getAuthTag()]);
	}

	/** Throws UnopenableError. */
	open(sealed: Uint8Array, context: Context): string | Uint8Array {
		if (sealed.length < OVERHEAD_BYTES) throw toError(context, 'is not sealed, or was cut short');
		const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
		const header = bytes.subarray(0, HEADER_BYTES);
		const kind = header[0];
		if (kind !== TEXT && kind !== BYTES) throw toError(context, 'is not sealed');
		const body = this.decipher(bytes, header, context);
		return kind === TEXT ? body.toString('utf8') : body;
	}

	/** The same value under the active key; as it is when it has that already. */
	reseal(sealed: Uint8Array, context: Context): Uint8Array {
		if (readKeyId(sealed) === this.sealing.activeId) return sealed;
		return this.seal(this.open(sealed, context), context);
	}

	private decipher(bytes: Buffer, header: Buffer, context: Context): Buffer {
		const key = this.sealing.keys.get(header.readUInt32BE(1));
		if (!key) throw toError(context, 'was sealed with a key that is not there any more');
		const bodyAt = HEADER_BYTES + NONCE_BYTES;
		const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(HEADER_BYTES, bodyAt));
		decipher.setAAD(toAad(header, context));
		decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
		const body = decipher.update(bytes.subarray(bodyAt, -TAG_BYTES));
		try {
			decipher.final();
		} catch {
			throw toError(context, 'was damaged, or belongs to another row');
		}
		return body;
	}

	private keyOf(id: number): KeyObject {
		const key = this.sealing.keys.get(id);
		if (!key) throw new Error(`The data key ${id} is not there.`);
		return key;
	}

	private nextNonce(): Buffer {
		if (this.nonceAt >= this.nonces.length) {
			randomFillSync(this.nonces);
			this.nonceAt = 0;
		}
		this.nonceAt += NONCE_BYTES;
		return this.nonces.subarray(this.nonceAt - NONCE_BYTES, this.nonceAt);
	}
}

/** The data key that a value was sealed with; undefined for what is too short to be sealed. */
export function readKeyId(sealed: Uint8Array): number | undefined {
	if (sealed.length < HEADER_BYTES) return undefined;
	return Buffer.from(sealed.buffer, sealed.byteOffset, HEADER_BYTES).readUInt32BE(1);
}

/** JSON, so that no two contexts have the same bytes. */
function toAad(header: Buffer, context: Context): Buffer {
	return Buffer.concat([header, Buffer.from(JSON.stringify(context))]);
}

/** Names the column, never a row: those are phone numbers. */
function toError([column]: Context, what: string): UnopenableError {
	return new UnopenableError(
		`A value stored in the database runner.db (${column}) ${what}. The database was left as it is: restore it from a backup.`,
	);
}
