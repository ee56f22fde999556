import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { INSTANCE_STATES, type InstanceState } from '../../contract';

/** What the runner measures. Other parts register theirs with `registry`; no label names a person. */
export interface Metrics {
	registry: Registry;
	httpDuration: Histogram<'method' | 'route' | 'status'>;
}

/** A registry of its own, so that two runners in one process do not count for each other. */
export function createMetrics(statesOf: () => Iterable<InstanceState>): Metrics {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry });
	const httpDuration = new Histogram({
		name: 'aww_http_request_duration_seconds',
		help: 'Time to answer an HTTP request, by route pattern and status.',
		labelNames: ['method', 'route', 'status'],
		buckets: [0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 20, 60],
		registers: [registry],
	});
	new Gauge({
		name: 'aww_instances',
		help: 'Instances by state.',
		labelNames: ['state'],
		registers: [registry],
		collect() {
			for (const state of INSTANCE_STATES) this.set({ state }, 0);
			for (const state of statesOf()) this.inc({ state });
		},
	});
	new Gauge({
		name: 'aww_resident_memory_per_session_bytes',
		help: 'Resident memory divided by the sessions that are connected; all of it while none is.',
		registers: [registry],
		async collect() {
			const connected = [...statesOf()].filter((state) => state === 'connected').length;
			this.set((await readResidentBytes(registry)) / Math.max(1, connected));
		},
	});
	return { registry, httpDuration };
}

/** As the default metrics measure it; 0 where they cannot. */
async function readResidentBytes(registry: Registry): Promise<number> {
	const metric = await registry.getSingleMetric('process_resident_memory_bytes')?.get();
	return metric?.values[0]?.value ?? 0;
}
