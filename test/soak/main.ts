import { readSoakPlan } from './readSoakPlan';
import { Soak } from './Soak';
import { toReport } from './toReport';
import { toSlopes, toVerdicts } from './toVerdict';

/** `npm run test:soak`: a line per minute, a line per promise, exit code 1 when one was broken. */
async function main(): Promise<void> {
	const plan = readSoakPlan(process.env);
	const print = (text: string) => process.stdout.write(`${text}\n`);
	print(
		`${plan.sessions} sessions, ${plan.minutes} minutes, ${plan.perSecond} messages per second, seed ${plan.seed}`,
	);
	const soak = await Soak.start(plan);
	try {
		await soak.link((linked) => {
			if (linked % 25 === 0) print(`${linked} linked`);
		});
		print(`${soak.accounts.length} sessions linked in ${soak.linkedS.toFixed(0)} s`);
		const report = () => print(toReport(soak, toSlopes(soak.samples, plan.minutes)));
		await soak.run(report);
		report();
		for (const cause of soak.unreadable.list()) print(`unreadable ${cause}`);
		const verdicts = toVerdicts(soak, plan);
		for (const { title, isKept, detail } of verdicts) {
			print(`${isKept ? 'passed' : 'FAILED'} ${title} (${detail})`);
		}
		const failed = verdicts.filter(({ isKept }) => !isKept).length;
		print(`${verdicts.length - failed} passed, ${failed} failed`);
		process.exitCode = failed > 0 ? 1 : 0;
	} finally {
		await soak.stop();
	}
}

main().then(
	// Simulated phones leave timers behind.
	() => process.exit(),
	(error: unknown) => {
		process.stderr.write(
			`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
		);
		process.exit(1);
	},
);
