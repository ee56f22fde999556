import { Findings, type Finding } from './Findings';
import { toShare } from './FuzzPlan';
import { readFuzzPlan } from './readFuzzPlan';
import { fuzzRoutes } from './routes/fuzzRoutes';
import { fuzzWebhooks } from './webhooks/fuzzWebhooks';
import { fuzzContacts } from './wire/contacts/fuzzContacts';
import { fuzzWire } from './wire/fuzzWire';

const CASES = 100_000;
const PARTS = {
	routes: fuzzRoutes,
	webhooks: fuzzWebhooks,
	wire: fuzzWire,
	contacts: fuzzContacts,
} as const;

/** `npm run test:fuzz [routes] [webhooks] [wire] [contacts]`: one line per promise, exit code 1 when one was broken. */
async function main(): Promise<void> {
	const startedAt = performance.now();
	const progress = (text: string) =>
		process.stderr.write(`${Math.round((performance.now() - startedAt) / 1000)} s: ${text}\n`);
	const plan = readFuzzPlan(process.env, CASES, progress);
	process.stdout.write(`seed ${plan.seed}, ${plan.cases} cases; AWW_FUZZ_SEED repeats them\n`);
	const findings = new Findings((finding) => process.stdout.write(`${toLine(finding)}\n`));
	const chosen = process.argv.slice(2);
	for (const [name, fuzz] of Object.entries(PARTS)) {
		const part = name as keyof typeof PARTS;
		if (chosen.length > 0 && !chosen.includes(part)) continue;
		await findings.check(`${part}: the run came to its end`, async () => {
			await fuzz(toShare(plan, part), findings);
			return '';
		});
	}
	const failed = findings.list.filter(({ error }) => error).length;
	process.stdout.write(`${findings.list.length - failed} passed, ${failed} failed\n`, () =>
		process.exit(failed > 0 ? 1 : 0),
	);
}

function toLine({ title, detail, error }: Finding): string {
	if (error) return `FAILED ${title}\n${toText(error)}`;
	return `passed ${title}${detail && ` (${detail})`}`;
}

/** What fast-check throws holds the failure of the case as its cause. */
function toText({ message, stack = message, cause }: Error): string {
	if (!(cause instanceof Error)) return stack;
	return `${message}\n${toText(cause)}`;
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exit(1);
});
