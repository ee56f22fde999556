import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { Sealer, UnopenableError } from './Sealer';

/** A row of `encryption_keys`. */
export type KeyRow = { id: number; wrapped: Uint8Array };

const COLUMN = 'encryption_keys.wrapped';
const KEY_BYTES = 32;

/** What wraps data keys: a key derived from the master key (HKDF-SHA256). */
export function createWrapper(masterKey: string): Sealer {
	const bytes = hkdfSync('sha256', masterKey, '', 'api-whatsapp-web key encryption key', KEY_BYTES);
	const key = createSecretKey(Buffer.from(bytes));
	return new Sealer({ activeId: 0, keys: new Map([[0, key]]) });
}

/** A new random data key, and how it is stored. */
export function createDataKey(wrapper: Sealer, id: number): { key: KeyObject; row: KeyRow } {
	const bytes = randomBytes(KEY_BYTES);
	return { key: createSecretKey(bytes), row: wrapKey(wrapper, id, bytes) };
}

export function wrapKey(wrapper: Sealer, id: number, key: Uint8Array): KeyRow {
	return { id, wrapped: wrapper.seal(key, [COLUMN, id]) };
}

/** Undefined when they were wrapped with another master key. */
export function unwrapKeys(
	wrapper: Sealer,
	rows: readonly KeyRow[],
): Map<number, KeyObject> | undefined {
	try {
		return new Map(
			rows.map(({ id, wrapped }) => [
				id,
				createSecretKey(wrapper.open(wrapped, [COLUMN, id]) as Buffer),
			]),
		);
	} catch (error) {
		if (error instanceof UnopenableError) return undefined;
		throw error;
	}
}
