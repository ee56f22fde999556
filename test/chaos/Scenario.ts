/** What a scenario found out, in words and figures for its line of the report. */
export type Figures = Record<string, string | number>;

export interface ScenarioRun {
	rounds: number;
	/** From 0 to 1; the same for the same seed. */
	random: () => number;
}

/** One way in which things go wrong. It throws if a promise was broken by it. */
export interface Scenario {
	/** One word, to ask for it. */
	name: string;
	/** What happens, in plain words. */
	title: string;
	/** How often it happens: in `npm run test:chaos`, and in `npm test`; 0 there for what takes minutes. */
	rounds: { full: number; short: number };
	run: (run: ScenarioRun) => Promise<Figures>;
}
