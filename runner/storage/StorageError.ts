/** The database cannot be opened, read or written. The message says which file, and what to do. */
export class StorageError extends Error {
	override readonly name = 'StorageError';
}
