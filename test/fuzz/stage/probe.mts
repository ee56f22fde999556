/**
 * Loaded into a runner before anything of its own (`node --import`), in its main thread and its workers:
 * tells how much memory is in use once nothing is left to collect, and shortens the pauses between
 * reconnects where many of them are to be seen.
 */
import { createRequire } from 'node:module';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const NS_PER_MS = 1e6;

const loop = monitorEventLoopDelay({ resolution: 10 });

interface Question {
	/** V8 is to give back first what its busiest moment took, and it keeps for the next one. */
	givesBack?: boolean;
}

/** What there is now; the event loop's delay since the last question. */
async function measure({ givesBack = false }: Question) {
	// Before the collections, which hold up the loop themselves.
	const lagMs = { p99: loop.percentile(99) / NS_PER_MS, max: loop.max / NS_PER_MS };
	// What is only waiting to be collected, or to be closed, is no leak.
	for (let n = 0; n < 3; n++) {
		globalThis.gc?.();
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	if (givesBack) globalThis.gc?.({ type: 'major', flavor: 'last-resort', execution: 'sync' });
	const { rss, heapUsed, external } = process.memoryUsage();
	const { user, system } = process.cpuUsage();
	loop.reset();
	return { rss, heapUsed, external, cpuMs: (user + system) / 1000, lagMs };
}

function shortenPauses(runnerFolder: string): void {
	const require = createRequire(import.meta.url);
	const module = require(`${runnerFolder}/sessions/reconnectDelay.js`) as {
		reconnectDelay: (attempt: number) => number;
	};
	module.reconnectDelay = () => 5;
}

if (isMainThread) {
	loop.enable();
	if (process.env.FUZZ_HASTY) shortenPauses(process.env.FUZZ_HASTY);
	process.on(
		'message',
		(question: Question) => void measure(question).then((memory) => process.send?.(memory)),
	);
	process.channel?.unref();
}
