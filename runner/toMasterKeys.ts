import type { RunnerConfig } from './config';
import { MasterKeys, type MasterKeyOptions } from './storage/encryption/MasterKeys';

/**
 * The master keys that the configuration gives, or the data folder's own. A command leaves them as they
 * are (`isFixed`); `notify` gets what an operator should read in the log.
 */
export function toMasterKeys(
	config: Pick<
		RunnerConfig,
		'dataDir' | 'embeddedKey' | 'encryptionKey' | 'encryptionKeyFile' | 'previousEncryptionKeys'
	>,
	options: Pick<MasterKeyOptions, 'isFixed' | 'notify'> = {},
): MasterKeys {
	return new MasterKeys({
		...options,
		dataDir: config.dataDir,
		key: config.encryptionKey,
		keyFile: config.encryptionKeyFile,
		embeddedKey: config.embeddedKey,
		previousKeys: config.previousEncryptionKeys,
	});
}
