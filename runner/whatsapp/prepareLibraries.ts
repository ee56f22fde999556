import { WA_CERT_DETAILS } from '@whiskeysockets/baileys';
import { assertOneLibsignal } from './assertOneLibsignal';
import { boundDecoding } from './boundDecoding';
import { teachFetchProxies } from './media/teachFetchProxies';
import { repairSessionCipher } from './repairSessionCipher';
import { silenceLibsignal } from './silenceLibsignal';
import { verifyServer } from './verifyServer';

/** Mends Baileys and libsignal, once a process, before the first connection. */
export function prepareLibraries(rootKey?: Uint8Array): void {
	assertOneLibsignal(Object.keys(require.cache));
	silenceLibsignal();
	repairSessionCipher();
	boundDecoding();
	verifyServer();
	teachFetchProxies();
	// Only a simulator brings a root key of its own; WhatsApp's is Baileys' default.
	if (rootKey) WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(rootKey);
}
