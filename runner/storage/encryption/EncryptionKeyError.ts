/** The stored data cannot be opened with the key there is, or there is none. Nothing was written. */
export class EncryptionKeyError extends Error {
	override readonly name = 'EncryptionKeyError';
}
