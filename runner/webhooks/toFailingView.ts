import type { FailingView } from '../../contract';
import type { Failing } from './policy/Breaker';

/** What the API shows of a receiver that fails as a whole. */
export function toFailingView(failing: Failing | undefined): FailingView | null {
	if (!failing) return null;
	return {
		since: new Date(failing.since).toISOString(),
		nextAttemptAt: new Date(failing.nextProbeAt).toISOString(),
	};
}
