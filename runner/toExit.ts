import { EXIT_OWNED_BY_ANOTHER } from '../contract';
import { BackupError } from './backup';
import { UsageError } from './cli/readCommand';
import { ConfigError } from './config';
import { EXIT_WRONG_CONFIG, EXIT_WRONG_USAGE } from './exitCodes';
import { ListenError } from './http/ListenError';
import { DataFolderOwnedError, DataFolderUnusableError, NetworkFolderError } from './ownership';
import { EncryptionKeyError } from './storage/encryption/EncryptionKeyError';
import { UnopenableError } from './storage/encryption/Sealer';
import { StorageError } from './storage/StorageError';

/** What to print and which code to exit with when the runner cannot start. */
export function toExit(error: unknown): { code: number; text: string } {
	if (error instanceof UsageError) return { code: EXIT_WRONG_USAGE, text: error.message };
	const isWrongConfig =
		error instanceof ConfigError ||
		error instanceof EncryptionKeyError ||
		error instanceof NetworkFolderError;
	if (isWrongConfig) {
		return { code: EXIT_WRONG_CONFIG, text: error.message };
	}
	if (error instanceof DataFolderOwnedError) {
		return { code: EXIT_OWNED_BY_ANOTHER, text: error.message };
	}
	const isExplained =
		error instanceof BackupError ||
		error instanceof DataFolderUnusableError ||
		error instanceof StorageError ||
		error instanceof UnopenableError ||
		error instanceof ListenError;
	if (isExplained) return { code: 1, text: error.message };
	const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return { code: 1, text: `The session runner has failed: ${details}` };
}
