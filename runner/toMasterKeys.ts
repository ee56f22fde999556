import type { RunnerConfig } from './config';
import { MasterKeys } from './storage/encryption/MasterKeys';

/** The master keys that the configuration gives, or the data folder's own. */
export function toMasterKeys(
	config: Pick<
		RunnerConfig,
		'dataDir' | 'encryptionKey' | 'encryptionKeyFile' | 'previousEncryptionKeys'
	>,
): MasterKeys {
	return new MasterKeys({
		dataDir: config.dataDir,
		key: config.encryptionKey,
		keyFile: config.encryptionKeyFile,
		previousKeys: config.previousEncryptionKeys,
	});
}
