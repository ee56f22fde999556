import { parseArgs } from 'node:util';

export const MEASUREMENTS = ['in', 'out', 'latency', 'sessions'] as const;

export type Measurement = (typeof MEASUREMENTS)[number];

/** How much is measured. */
export interface BenchOptions {
	/** Messages of one flood, of which there is one a pass; half as many texts are sent. */
	messages: number;
	sessions: number;
	passes: number;
	/** Messages a second, and how many of them, for the latency of an idle gateway. */
	pacePerSecond: number;
	paced: number;
	only: readonly Measurement[];
	seed: number;
	/** The runner's main.js; the built one unless another build is to be compared. */
	runner: string | undefined;
	/** A folder for CPU profiles; profiling slows everybody down. */
	profile: string | undefined;
}

const FULL = { messages: 1000, sessions: 50, passes: 2, paced: 150 };
const QUICK = { messages: 250, sessions: 5, passes: 2, paced: 40 };

/** Reads the command line; throws an error that names what is wrong. */
export function readOptions(args: readonly string[]): BenchOptions {
	const { values } = parseArgs({
		args: [...args],
		options: {
			quick: { type: 'boolean', default: false },
			messages: { type: 'string' },
			sessions: { type: 'string' },
			passes: { type: 'string' },
			paced: { type: 'string' },
			only: { type: 'string' },
			seed: { type: 'string' },
			runner: { type: 'string' },
			profile: { type: 'string' },
		},
	});
	const sizes = values.quick ? QUICK : FULL;
	const read = (name: keyof typeof FULL | 'seed', otherwise: number): number => {
		const text = values[name];
		if (text === undefined) return otherwise;
		const number = Number(text);
		if (!Number.isInteger(number) || number < 1) {
			throw new Error(`--${name} is a whole number from 1 up`);
		}
		return number;
	};
	return {
		messages: read('messages', sizes.messages),
		sessions: read('sessions', sizes.sessions),
		passes: read('passes', sizes.passes),
		paced: read('paced', sizes.paced),
		pacePerSecond: 40,
		only: readMeasurements(values.only),
		seed: read('seed', 1),
		runner: values.runner,
		profile: values.profile,
	};
}

function readMeasurements(text: string | undefined): readonly Measurement[] {
	if (text === undefined) return MEASUREMENTS;
	const names = text.split(',').map((name) => name.trim());
	const unknown = names.filter((name) => !MEASUREMENTS.some((known) => known === name));
	if (unknown.length > 0) {
		throw new Error(`--only knows ${MEASUREMENTS.join(', ')}; not ${unknown.join(', ')}`);
	}
	return MEASUREMENTS.filter((name) => names.includes(name));
}
