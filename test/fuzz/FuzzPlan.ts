/** What a run of the fuzzers is to do. */
export interface FuzzPlan {
	/** The same seed gives the same cases. */
	readonly seed: number;
	/** How many, over all parts. */
	readonly cases: number;
	/** Told now and then how far it is. */
	readonly progress: (text: string) => void;
}

/** What part of all cases each fuzzer gets: the routes are the largest surface, the wire is slow. */
const SHARES = { routes: 0.6, webhooks: 0.38, wire: 0.02, contacts: 0.005 } as const;

/** The part of a plan that one fuzzer is given. */
export function toShare(plan: FuzzPlan, part: keyof typeof SHARES): FuzzPlan {
	return { ...plan, cases: Math.max(1, Math.round(plan.cases * SHARES[part])) };
}
