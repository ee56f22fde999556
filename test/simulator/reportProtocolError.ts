import type { SimulatorContext } from './SimulatorContext';

/** Counts and tells that a client sent something it should not have. */
export function reportProtocolError({ counters, events }: SimulatorContext, error: unknown): void {
	counters.protocolErrors++;
	events.emit('protocolError', error instanceof Error ? error : new Error(String(error)));
}
