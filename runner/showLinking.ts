import { setTimeout as delay } from 'node:timers/promises';
import { ERRORS } from '../contract';
import { ApiError } from './ApiError';
import { drawQr } from './qr/drawQr';
import type { SessionPort } from './sessions/SessionPort';

const QR_TIMEOUT_MS = 60_000;
const LOOK_INTERVAL_MS = 250;

export interface LinkingDisplay {
	write: (text: string) => void;
	/** Also as text, for a simulated phone that has no camera. */
	showQrText: boolean;
	signal: AbortSignal;
}

/** Draws the QR codes of a session, each as it replaces the one before, until the phone is linked. */
export async function showLinking(
	session: SessionPort,
	{ write, showQrText, signal }: LinkingDisplay,
): Promise<void> {
	write('\nOpen WhatsApp on the phone, Linked devices, Link a device, and scan:\n\n');
	try {
		for (;;) {
			const { qr, expiresAt } = await session.waitForQr({ timeoutMs: QR_TIMEOUT_MS, signal });
			write(`${drawQr(qr, { isColoured: true })}\n`);
			if (showQrText) write(`${qr}\n`);
			while (isUnderWay(session, expiresAt)) {
				await delay(LOOK_INTERVAL_MS, undefined, { signal });
			}
			const { state } = session.status();
			if (state === 'connected') return write('Linked. Ctrl+C stops the session runner.\n');
			if (state === 'unlinked') {
				return write('The QR codes have run out. Start again for new ones.\n');
			}
		}
	} catch (error) {
		if (signal.aborted) return;
		if (!(error instanceof ApiError)) throw error;
		const isLinked = error.code === 'instance_already_linked';
		write(
			isLinked
				? 'Linked. Ctrl+C stops the session runner.\n'
				: `${error.message}. ${error.hint ?? ERRORS[error.code].hint}\n`,
		);
	}
}

/** A code is on show, or a phone has scanned one and the connection restarts. */
function isUnderWay(session: SessionPort, expiresAt: number): boolean {
	const { state } = session.status();
	return state === 'reconnecting' || (state === 'linking' && Date.now() < expiresAt);
}
