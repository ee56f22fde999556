import type { LinkedDevice, WaitOptions } from '../accounts/LinkedDevice';
import type { Phone } from '../accounts/Phone';
import type { SimulatorContext } from '../SimulatorContext';
import { readPairingQr } from './readPairingQr';

/** A client that was asked for a new secret has this long to acknowledge. */
const REFRESH_ACK_TIMEOUT_MS = 10_000;

/** What a phone does when it scans a code. */
export async function linkByQr(
	context: SimulatorContext,
	phone: Phone,
	qrText: string,
	{ timeoutMs = REFRESH_ACK_TIMEOUT_MS }: WaitOptions = {},
): Promise<LinkedDevice> {
	const { ref, noiseKey, identityKey, advSecret } = readPairingQr(qrText);
	const client = context.pairing.findByRef(ref);
	if (!client.noiseKey.equals(noiseKey) || !client.identityKey.equals(identityKey)) {
		throw new Error('The keys in the QR code are not those of the client with that reference');
	}
	await client.refreshes.check(advSecret, timeoutMs);
	client.refreshes.see(advSecret);
	const refresh = context.faults.registrationRefresh;
	if (refresh?.when === 'onScan' && client.refreshes.count === 0) {
		client.refreshes.request(refresh.child);
		throw new Error(
			'WhatsApp asked the client for a new secret after the scan: scan its new QR code',
		);
	}
	const device = await client.link(phone, Buffer.from(advSecret, 'base64'));
	context.pairing.use(ref);
	return device;
}
