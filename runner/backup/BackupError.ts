/** A backup cannot be written, read or taken in. The message says why and what to do; nothing was changed. */
export class BackupError extends Error {
	override readonly name = 'BackupError';
}
