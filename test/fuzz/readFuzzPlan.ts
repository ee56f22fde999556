import type { FuzzPlan } from './FuzzPlan';

const MAX_SEED = 2 ** 31 - 1;

/** `AWW_FUZZ_SEED` and `AWW_FUZZ_CASES`; throws an error that names what is wrong. */
export function readFuzzPlan(
	env: NodeJS.ProcessEnv,
	cases: number,
	progress: FuzzPlan['progress'] = () => undefined,
): FuzzPlan {
	return {
		seed: readWhole(env, 'AWW_FUZZ_SEED', Date.now() % 1_000_000, MAX_SEED),
		cases: readWhole(env, 'AWW_FUZZ_CASES', cases, 100_000_000),
		progress,
	};
}

function readWhole(env: NodeJS.ProcessEnv, name: string, otherwise: number, max: number): number {
	const text = env[name];
	if (text === undefined || text === '') return otherwise;
	const value = Number(text);
	if (Number.isInteger(value) && value >= 1 && value <= max) return value;
	throw new Error(`${name} is a whole number from 1 to ${max}`);
}
