/** One promise, and whether it was kept. */
export interface Finding {
	readonly title: string;
	/** Figures worth a line; "" when there are none. */
	readonly detail: string;
	readonly error: Error | undefined;
}

/** What a run has found, promise by promise. */
export class Findings {
	readonly list: Finding[] = [];

	constructor(private readonly onFinding: (finding: Finding) => void = () => undefined) {}

	/** Runs a check; its error is kept instead of thrown, so that the other promises are looked at too. */
	async check(title: string, run: () => Promise<string> | string): Promise<void> {
		let finding: Finding;
		try {
			finding = { title, detail: await run(), error: undefined };
		} catch (error) {
			finding = {
				title,
				detail: '',
				error: error instanceof Error ? error : new Error(String(error)),
			};
		}
		this.list.push(finding);
		this.onFinding(finding);
	}
}
