type Step = () => void | Promise<void>;

/** What must be undone, the last first. A step that fails is reported and does not hold up the rest. */
export class UndoStack {
	private readonly steps: Step[] = [];
	private running: Promise<void> | undefined;

	constructor(private readonly onError: (error: unknown) => void) {}

	push(step: Step): void {
		this.steps.push(step);
	}

	/** May be called again: all callers wait for the same run. */
	run(): Promise<void> {
		this.running ??= this.runAll();
		return this.running;
	}

	private async runAll(): Promise<void> {
		for (let step = this.steps.pop(); step; step = this.steps.pop()) {
			try {
				await step();
			} catch (error) {
				this.onError(error);
			}
		}
	}
}
