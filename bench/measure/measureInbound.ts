import type { Contestant } from '../gateways/Gateway';
import type { WorldApi } from '../world/WorldApi';
import { readCpuMs } from './readProcess';
import type { RateSample } from './Sample';
import { toCpuPerMessage } from './toCpuPerMessage';

/** A flood to one session: from the first message at the server to the last webhook. */
export async function measureInbound(
	world: WorldApi,
	{ gateway, account }: Contestant,
	messageCount: number,
): Promise<RateSample & { lost: number }> {
	const cpuBefore = readCpuMs(gateway.pid);
	const { elapsedMs, arrived, lost } = await world.flood(account.id, messageCount);
	return {
		perSecond: arrived / (elapsedMs / 1000),
		cpuMsPerMessage: toCpuPerMessage(cpuBefore, readCpuMs(gateway.pid), arrived),
		lost,
	};
}
