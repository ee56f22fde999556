import type { Report } from '../Report';

/** What is told of a real n8n in one go. Ends whatever it started, and leaves no data if all went well. */
export interface Story {
	/** Its name on the command line. */
	name: string;
	title: string;
	/** Reports a line per promise. */
	tell(report: Report): Promise<void>;
}

/** Promises of a story, told in order: later ones build on what earlier ones made. */
export type Scenario<S> = [promise: string, prove: (stage: S) => Promise<void>];

/** Sets a stage, tells the scenarios on it, and strikes it. */
export async function tellOn<S extends { strike(succeeded: boolean): Promise<void> }>(
	report: Report,
	[promise, set]: [promise: string, set: () => Promise<S>],
	scenarios: Array<Scenario<S>>,
): Promise<void> {
	let stage: S | undefined;
	let succeeded = await report.promise(promise, async () => {
		stage = await set();
	});
	if (!stage) return;
	for (const [title, prove] of scenarios) {
		const isKept = await report.promise(title, async () => await prove(stage!));
		succeeded &&= isKept;
	}
	await stage.strike(succeeded);
}
