import {
	extractE2ESessionFromRetryReceipt,
	getBinaryNodeChildUInt,
	type WASocket,
} from '@whiskeysockets/baileys';
import type { Retry } from './readRetry';

/**
 * Begins a new session with a device that could not read what was encrypted in the old one: with the
 * keys it has sent along, else with those that WhatsApp has of it, where those may be asked for.
 */
export async function renewSession(
	sock: WASocket,
	{ device, node }: Retry,
	mayAskForKeys: () => boolean,
): Promise<void> {
	const { signalRepository, authState } = sock;
	const session = extractE2ESessionFromRetryReceipt(node);
	if (session) {
		const isTaken = await signalRepository.injectE2ESession({ jid: device, session }).then(
			() => true,
			// Keys that are none: WhatsApp's own are asked for.
			() => false,
		);
		if (isTaken) return;
	}
	const registrationId = getBinaryNodeChildUInt(node, 'registration', 4);
	const info = await signalRepository.getSessionInfo(device);
	const isOutdated = info && registrationId !== undefined && info.registrationId !== registrationId;
	const mayAsk = mayAskForKeys();
	if (isOutdated && mayAsk) {
		const address = signalRepository.jidToSignalProtocolAddress(device);
		await authState.keys.set({ session: { [address]: null } });
	}
	await sock.assertSessions([device], mayAsk);
}
