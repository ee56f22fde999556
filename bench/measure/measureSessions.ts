import { setTimeout as delay } from 'node:timers/promises';
import type { Gateway } from '../gateways/Gateway';
import type { WorldApi } from '../world/WorldApi';
import { readRssMb } from './readProcess';
import type { SessionsSample } from './Sample';

const LINKS_AT_ONCE = 6;
const BACK_TIMEOUT_MS = 40_000;
/** How long a process is left alone before its memory is read. */
const SETTLE_MS = 2_000;

/** Many idle sessions: what they take in memory, and how soon they are back after a restart. */
export async function measureSessions(
	world: WorldApi,
	gateway: Gateway,
	count: number,
): Promise<SessionsSample> {
	const { webhookUrl } = await world.address();
	await gateway.start();
	const base = await readSettledRssMb(gateway.pid);

	const linkingAt = performance.now();
	const accountIds: number[] = [];
	const linkNext = async () => {
		while (accountIds.length < count) {
			const place = accountIds.push(-1) - 1;
			const { id } = await world.createAccount(0);
			accountIds[place] = id;
			await world.link(id, await gateway.link(`session-${place}`, webhookUrl));
		}
	};
	await Promise.all(Array.from({ length: LINKS_AT_ONCE }, linkNext));
	const linkedS = (performance.now() - linkingAt) / 1000;
	const linked = await readSettledRssMb(gateway.pid);

	await gateway.stop();
	await world.whenOffline(accountIds);
	const restartedAt = performance.now();
	await Promise.all([gateway.start(), world.whenOnline(accountIds, BACK_TIMEOUT_MS)]);
	const backS = (performance.now() - restartedAt) / 1000;
	const restarted = await readSettledRssMb(gateway.pid);
	const rssMb =
		base === undefined || linked === undefined || restarted === undefined
			? undefined
			: { base, linked, restarted };
	return { count, linkedS, backS, rssMb };
}

/** After some seconds of rest and a forced garbage collection: what is needed, not what is lying about. */
async function readSettledRssMb(pid: number): Promise<number | undefined> {
	await delay(SETTLE_MS / 2);
	process.kill(pid, 'SIGUSR2');
	await delay(SETTLE_MS / 2);
	return readRssMb(pid);
}
