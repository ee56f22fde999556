import type { Database } from '../../storage/Database';
import type { Statement } from '../../storage/Statement';

/**
 * Gathers what may be written late ("delivered"): one hand-over to the writer per turn of the event
 * loop. If a crash loses it, the delivery is made once more under the same id.
 */
export class MarkBuffer {
	private statements: Statement[] = [];
	private isScheduled = false;

	constructor(
		private readonly database: Database,
		private readonly onError: (error: Error) => void,
	) {}

	add(statement: Statement): void {
		this.statements.push(statement);
		if (this.isScheduled) return;
		this.isScheduled = true;
		setImmediate(() => {
			this.isScheduled = false;
			this.handOver();
		});
	}

	/** Hands over what is there, so that it is written before any later write. */
	handOver(): void {
		const statements = this.statements;
		this.statements = [];
		this.database.writeLazily(statements, (error) => {
			if (statements.length > 1) this.retry(statements);
			else this.onError(error);
		});
	}

	/** One of them may be what fails: the others need not fail with it. */
	private retry(statements: readonly Statement[]): void {
		let isTold = false;
		const onError = (error: Error) => {
			if (!isTold) this.onError(error);
			isTold = true;
		};
		for (const statement of statements) this.database.writeLazily([statement], onError);
	}

	/** Resolves once everything added so far is on disk. */
	async flush(): Promise<void> {
		this.handOver();
		await this.database.write([{ sql: 'SELECT 1', params: [] }]);
	}
}
