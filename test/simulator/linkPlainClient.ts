import type { UserFacingSocketConfig } from '@whiskeysockets/baileys';
import type { LinkedDevice, Phone, Simulator } from './index';
import { PlainClient } from './PlainClient';

/** A client that is linked, online and has its history: nothing is under way any more. */
export async function linkPlainClient(
	simulator: Simulator,
	phone: Phone,
	config: Partial<UserFacingSocketConfig> = {},
): Promise<{ client: PlainClient; device: LinkedDevice }> {
	const client = new PlainClient(simulator, config).connect();
	const device = await phone.scan(await client.qr());
	await client.whenOpen();
	await client.until(() => client.auth.creds.accountSyncCounter || undefined, 'the history sync');
	await device.drained();
	return { client, device };
}
