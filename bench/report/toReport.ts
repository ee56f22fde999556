import { GATEWAY_NAMES } from '../gateways/Gateway';
import type { GatewaySamples, Samples } from '../measure/Sample';
import type { BenchOptions } from '../readOptions';
import { quantile } from './quantile';
import { toRows, type Row } from './toRows';

export interface Machine {
	cores: number;
	/** As `process.version`. */
	node: string;
	/** Of the last minute, at the start. */
	load: number;
	/** How long the disk took to keep a page, several times; milliseconds. */
	diskMs: readonly number[];
}

/** The whole result as Markdown. */
export function toReport(run: {
	samples: Samples;
	options: BenchOptions;
	machine: Machine;
	tookS: number;
}): string {
	const { samples, options, machine, tookS } = run;
	const { messages, sessions, passes, paced, pacePerSecond, seed } = options;
	return [
		'| | runner | raw | naive | runner : raw | naive : raw |',
		'| --- | ---: | ---: | ---: | ---: | ---: |',
		...toRows(samples).map(toLine),
		'',
		`Machine: ${machine.cores} cores, load ${machine.load.toFixed(1)} at the start, Node ${machine.node}. ` +
			`Seed ${seed}; ${passes} passes in turn; floods of ${messages} messages in and ` +
			`${Math.ceil(messages / 2)} texts out (20 calls open); latency of ${paced} messages at ` +
			`${pacePerSecond}/s; ${sessions} idle sessions. Took ${tookS.toFixed(0)} s.`,
		'',
		...toDisk(machine.diskMs),
		...NOTES.map((note) => `- ${note}`),
		'',
		...GATEWAY_NAMES.flatMap((name) => toTrouble(samples[name]).map((it) => `- ${name}: ${it}`)),
	].join('\n');
}

/** Without it a slow disk would look like a slow runner: only the runner waits for it. */
function toDisk(diskMs: readonly number[]): string[] {
	if (diskMs.length === 0) return [];
	const [p50, p99] = [0.5, 0.99].map((part) => toFigure(quantile(diskMs, part)));
	return [
		`- One page written for good on this disk: ${p50} ms at p50, ${p99} ms at p99; the runner's latency holds one or two of these, the others' none.`,
	];
}

const NOTES = [
	'runner: the compiled runner, everything durable (SQLite, synchronous=FULL), webhooks signed and in order per chat. raw: plain Baileys, all state in memory, nothing stored. naive: plain Baileys with `useMultiFileAuthState` and a bare `axios.post`.',
	'Ratios are taken within a pass and averaged; other figures are means over the passes. Messages in are encrypted beforehand; the WhatsApp server and the webhook receiver share one process, hence one clock.',
	'CPU is that of the whole process, writer thread included. "Receipt to webhook" is below 0 where the webhook came before the receipt.',
	'Memory is resident memory after seconds of rest and a forced garbage collection; base is the same process without a session. raw is given its credentials back from a snapshot for the restart; reading it counts.',
];

function toLine({ label, unit, values, ratioToRaw }: Row): string {
	const cells = [
		`${label} (${unit})`,
		...GATEWAY_NAMES.map((name) => toFigure(values[name])),
		toFigure(ratioToRaw.runner),
		toFigure(ratioToRaw.naive),
	];
	return `| ${cells.join(' | ')} |`;
}

function toFigure(value: number | undefined): string {
	if (value === undefined || Number.isNaN(value)) return '–';
	return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

function toTrouble({ trouble, lostIn, failedOut, notes }: GatewaySamples): string[] {
	const counts = [
		[lostIn, 'messages came to no webhook'],
		[failedOut, 'texts were answered with an error'],
		[trouble.retryReceipts, 'messages could not be decrypted and were asked for again'],
		[trouble.nacks, 'messages were refused for good'],
		[trouble.decryptErrors, 'messages out that nobody could decrypt'],
		[trouble.duplicateWebhooks, 'webhooks came twice'],
	] as const;
	const found = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
	return [found.length > 0 ? found.join(', ') : 'nothing lost, refused or doubled', ...notes];
}
