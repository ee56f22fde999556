import { sleep } from 'n8n-workflow';
import type { InstanceView, QrCode } from '../../../../contract';
import type { ApiClient } from '../../transport';
import { ApiFailure } from '../../transport';

/** How long the API waits for WhatsApp's first QR code, and how long we wait for the API. */
const QR_WAIT_S = 30;
const QR_TIMEOUT_MS = (QR_WAIT_S + 15) * 1000;
const POLL_INTERVAL_MS = 1000;

/** Whether a phone is linked, be it online at this moment or not. */
export function isLinked({ state }: InstanceView): boolean {
	return state === 'connected' || state === 'reconnecting';
}

/** Begins linking, or goes on with it; a linked instance connects. */
export async function startLinking(api: ApiClient): Promise<void> {
	await unlessLinked(api.call('connect'));
}

/** The QR code that is valid now; undefined when the phone has been linked meanwhile. */
export async function readQr(api: ApiClient): Promise<QrCode | undefined> {
	return await unlessLinked(
		api.call('getQr', { query: { wait: QR_WAIT_S }, timeoutMs: QR_TIMEOUT_MS }),
	);
}

/** Resolves once connected, or when the time is over, or WhatsApp has blocked the number or wants its passkey. */
export async function waitUntilLinked(api: ApiClient, seconds: number): Promise<InstanceView> {
	const endsAt = Date.now() + seconds * 1000;
	for (;;) {
		const instance = await api.call('getInstance');
		const isSettled =
			instance.state === 'connected' ||
			instance.state === 'blocked' ||
			instance.lastError?.startsWith('passkey_required');
		const remainingMs = endsAt - Date.now();
		if (isSettled || remainingMs <= 0) return instance;
		await sleep(Math.min(POLL_INTERVAL_MS, remainingMs));
	}
}

async function unlessLinked<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
	return await answer.catch((error: unknown) => {
		if (error instanceof ApiFailure && error.code === 'instance_already_linked') return undefined;
		throw error;
	});
}
