import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What `probe.mts` answers; bytes and milliseconds. */
export interface Memory {
	rss: number;
	heapUsed: number;
	external: number;
	/** CPU time since the process began. */
	cpuMs: number;
	/** Of the event loop, since the last question. */
	lagMs: { p99: number; max: number };
}

/** Arguments for Node with which a runner can be asked for its memory. */
export const PROBE_ARGS: readonly string[] = [
	'--expose-gc',
	'--disable-warning=ExperimentalWarning',
	'--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
	'--import',
	pathToFileURL(join(__dirname, 'probe.mts')).href,
];
