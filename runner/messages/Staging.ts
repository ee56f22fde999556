import type { Statement } from '../storage/Statement';
import type { OutboxPort, OutgoingEvent } from '../webhooks/OutboxPort';

/** Rows for one transaction, and what to do once they are on disk. */
export interface StagedRows {
	statements: Statement[];
	announce?: () => void;
}

/** Gathers rows and what follows their commit. */
export class Staging implements StagedRows {
	readonly statements: Statement[] = [];
	private readonly listeners: Array<() => void> = [];

	add(...statements: Statement[]): void {
		this.statements.push(...statements);
	}

	whenDone(listener: () => void): void {
		this.listeners.push(listener);
	}

	event(outbox: OutboxPort, event: OutgoingEvent): void {
		const staged = outbox.stage(event);
		this.add(...(event.statements ?? []), ...staged.statements);
		this.whenDone(() => staged.announce());
	}

	readonly announce = (): void => {
		for (const listener of this.listeners) listener();
	};
}
