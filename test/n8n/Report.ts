/** Prints one line per promise and counts what was kept. */
export class Report {
	private passed = 0;
	private failed = 0;
	private missing = 0;

	/** Runs `prove` and prints how it went; a failure does not end the run. Resolves to true if kept. */
	async promise(title: string, prove: () => Promise<void>): Promise<boolean> {
		const startedAt = performance.now();
		try {
			await prove();
			this.passed += 1;
			this.print(`ok      ${title}`, startedAt);
			return true;
		} catch (error) {
			this.failed += 1;
			this.print(`FAILED  ${title}`, startedAt);
			console.log(String(error instanceof Error ? error.stack : error).replace(/^/gm, '        '));
			return false;
		}
	}

	/** Something that cannot be shown here: it counts neither as kept nor as broken, and is not hidden. */
	lacks(title: string, reason: string): void {
		this.missing += 1;
		console.log(`missing ${title}: ${reason}`);
	}

	/** A step on the way that promises nothing by itself. */
	note(line: string): void {
		console.log(`        ${line}`);
	}

	/** Prints `N passed, N failed`, with what was missing as `, N skipped`; true if none failed. */
	end(): boolean {
		const skipped = this.missing > 0 ? `, ${this.missing} skipped` : '';
		console.log(`\n${this.passed} passed, ${this.failed} failed${skipped}`);
		return this.failed === 0 && this.passed > 0;
	}

	private print(line: string, startedAt: number): void {
		console.log(`${line} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
	}
}
