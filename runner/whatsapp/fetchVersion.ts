import { fetchLatestWaWebVersion } from '@whiskeysockets/baileys';
import { toFetchOptions } from './media/teachFetchProxies';
import type { WhatsAppProxy } from '../proxy/WhatsAppProxy';

/** The version WhatsApp Web has now, or undefined when it cannot be found out. */
export async function fetchVersion(
	proxy: WhatsAppProxy | undefined,
): Promise<[number, number, number] | undefined> {
	const { version, isLatest } = await fetchLatestWaWebVersion(toFetchOptions(proxy));
	return isLatest ? version : undefined;
}
