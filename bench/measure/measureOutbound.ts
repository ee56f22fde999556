import type { Contestant } from '../gateways/Gateway';
import { readCpuMs } from './readProcess';
import type { RateSample } from './Sample';
import { toCpuPerMessage } from './toCpuPerMessage';

/** Calls that are open at any time. */
const IN_FLIGHT = 20;

/** Texts to all contacts in turn, each answered when WhatsApp's server has acknowledged it. */
export async function measureOutbound(
	{ gateway, session, account: { contacts } }: Contestant,
	messageCount: number,
): Promise<RateSample & { failed: number }> {
	const cpuBefore = readCpuMs(gateway.pid);
	const startedAt = performance.now();
	let next = 0;
	let failed = 0;
	const work = async () => {
		while (next < messageCount) {
			const index = next++;
			const number = contacts[index % contacts.length] ?? '';
			const text = `Answer ${index}, about as long as people write.`;
			await gateway.sendText(session, number, text).catch(() => failed++);
		}
	};
	await Promise.all(Array.from({ length: IN_FLIGHT }, work));
	const elapsedMs = performance.now() - startedAt;
	const sent = messageCount - failed;
	return {
		perSecond: sent / (elapsedMs / 1000),
		cpuMsPerMessage: toCpuPerMessage(cpuBefore, readCpuMs(gateway.pid), sent),
		failed,
	};
}
