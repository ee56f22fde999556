import type { ReadinessWarning } from './readinessWarnings';

export type RunnerPhase = 'starting' | 'ready' | 'stopping';

/** Where the runner is in its life, and what it needs to be of use. */
export class Readiness {
	private current: RunnerPhase = 'starting';
	private readonly stopping = new AbortController();

	/**
	 * `checks`: each throws when the thing it is named after does not work. `readWarnings`: what works,
	 * but not as it should.
	 */
	constructor(
		private readonly checks: Readonly<Record<string, () => void>> = {},
		private readonly readWarnings: () => ReadinessWarning[] = () => [],
	) {}

	get phase(): RunnerPhase {
		return this.current;
	}

	/** Aborted when the runner begins to stop: whoever only waits gives up then. */
	get stopSignal(): AbortSignal {
		return this.stopping.signal;
	}

	markReady(): void {
		if (this.current === 'starting') this.current = 'ready';
	}

	markStopping(): void {
		this.current = 'stopping';
		this.stopping.abort();
	}

	/** `ok` or `failed` by name; the reason stands in the log, not in an answer open to all. */
	runChecks(onFailure: (name: string, error: unknown) => void): Record<string, 'ok' | 'failed'> {
		const results: Record<string, 'ok' | 'failed'> = {};
		for (const [name, check] of Object.entries(this.checks)) {
			try {
				check();
				results[name] = 'ok';
			} catch (error) {
				results[name] = 'failed';
				onFailure(name, error);
			}
		}
		return results;
	}

	warnings(): ReadinessWarning[] {
		return this.readWarnings();
	}
}
