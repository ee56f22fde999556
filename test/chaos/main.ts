/**
 * What becomes of messages when things go wrong, with real processes against a simulated WhatsApp:
 * `npm run test:chaos`, or `npm run test:chaos -- kill clock` for some of it, `-- kill --rounds 20` for
 * less. The same AWW_CHAOS_SEED makes the same choices again.
 */
import { parseArgs } from 'node:util';
import { seededRandom } from '../endToEnd/seededRandom';
import type { Figures, Scenario } from './Scenario';
import { SCENARIOS } from './scenarios';

interface Plan {
	scenarios: readonly Scenario[];
	rounds: number | undefined;
	seed: number;
}

function readPlan(args: string[]): Plan {
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: { rounds: { type: 'string' } },
	});
	const unknown = positionals.filter((name) => !SCENARIOS.some((known) => known.name === name));
	if (unknown.length > 0) {
		const names = SCENARIOS.map(({ name }) => name).join(', ');
		throw new Error(`There is no scenario ${unknown.join(', ')}: only ${names}`);
	}
	const isWanted = ({ name }: Scenario) => positionals.length === 0 || positionals.includes(name);
	return {
		scenarios: SCENARIOS.filter(isWanted),
		rounds: values.rounds === undefined ? undefined : Number(values.rounds),
		seed: Number(process.env.AWW_CHAOS_SEED ?? Date.now() % 1_000_000),
	};
}

const toText = (figures: Figures): string =>
	Object.entries(figures)
		.map(([name, value]) => `${name} ${value}`)
		.join(', ');

async function main(): Promise<void> {
	const plan = readPlan(process.argv.slice(2));
	const { scenarios, seed } = plan;
	let failed = 0;
	console.log(`seed ${seed} (AWW_CHAOS_SEED=${seed} makes the same choices again)\n`);
	for (const { name, title, rounds, run } of scenarios) {
		const count = plan.rounds ?? rounds.full;
		const startedAt = performance.now();
		const about = `${name}: ${title}; seed ${seed}, ${count} rounds`;
		const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(0)} s`;
		try {
			const figures = await run({ rounds: count, random: seededRandom(seed) });
			console.log(`ok      ${about}: ${toText(figures)} (${seconds()})`);
		} catch (error) {
			failed++;
			console.log(`FAILED  ${about} (${seconds()})`);
			console.log(
				String(error instanceof Error ? error.message : error).replace(/^/gm, '        '),
			);
		}
	}
	console.log(`\n${scenarios.length - failed} passed, ${failed} failed`);
	process.exit(failed > 0 ? 1 : 0);
}

void main();
