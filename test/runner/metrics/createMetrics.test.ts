import { createMetrics } from '../../../runner/metrics/createMetrics';

describe('createMetrics', () => {
	test('tells what a session takes of the memory, and how late the event loop is', async () => {
		const { registry } = createMetrics(() => ['connected', 'connected', 'unlinked']);
		const read = async (name: string) =>
			(await registry.getSingleMetric(name)?.get())?.values[0]?.value ?? NaN;
		const whole = await read('process_resident_memory_bytes');
		const perSession = await read('aww_resident_memory_per_session_bytes');
		expect(whole).toBeGreaterThan(1e6);
		expect(perSession).toBeGreaterThan(whole / 3);
		expect(perSession).toBeLessThan((whole * 2) / 3);
		expect(await registry.metrics()).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
	});
});
