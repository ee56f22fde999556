/** Prints one line per promise and counts what was kept. */
export class Report {
	private passed = 0;
	private failed = 0;

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

	/** A step on the way that promises nothing by itself. */
	note(line: string): void {
		console.log(`        ${line}`);
	}

	/** Prints `N passed, N failed`; true if none failed. */
	end(): boolean {
		console.log(`\n${this.passed} passed, ${this.failed} failed`);
		return this.failed === 0;
	}

	private print(line: string, startedAt: number): void {
		console.log(`${line} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
	}
}
