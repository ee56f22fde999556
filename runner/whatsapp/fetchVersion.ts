import { fetchLatestWaWebVersion } from '@whiskeysockets/baileys';

/** The version WhatsApp Web has now, or undefined when it cannot be found out. */
export async function fetchVersion(): Promise<[number, number, number] | undefined> {
	const { version, isLatest } = await fetchLatestWaWebVersion();
	return isLatest ? version : undefined;
}
