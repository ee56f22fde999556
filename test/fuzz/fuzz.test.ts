import { Findings } from './Findings';
import { toShare } from './FuzzPlan';
import { readFuzzPlan } from './readFuzzPlan';
import { fuzzRoutes } from './routes/fuzzRoutes';
import { fuzzWebhooks } from './webhooks/fuzzWebhooks';
import { fuzzContacts } from './wire/contacts/fuzzContacts';
import { fuzzWire } from './wire/fuzzWire';

/** The short form of `npm run test:fuzz`, which has 100,000. */
const CASES = 2_000;
const plan = readFuzzPlan(process.env, CASES);

describe(`${plan.cases} cases of nonsense (seed ${plan.seed}; AWW_FUZZ_SEED repeats them)`, () => {
	test.each([
		['calls of every route are answered truthfully and leave nothing behind', 'routes', fuzzRoutes],
		[
			'webhooks start a workflow only when they are signed, and never fail it',
			'webhooks',
			fuzzWebhooks,
		],
		[
			'frames and stanzas from the server neither end the runner nor lose a message',
			'wire',
			fuzzWire,
		],
		['nothing that a contact says of others changes or shows it', 'contacts', fuzzContacts],
	] as const)(
		'%s',
		async (_title, part, fuzz) => {
			const findings = new Findings();
			await fuzz(toShare(plan, part), findings);
			expect(findings.list.filter(({ error }) => error)).toEqual([]);
			expect(findings.list).not.toEqual([]);
		},
		60_000 + plan.cases * 20,
	);
});
