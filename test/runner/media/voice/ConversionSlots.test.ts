import { ConversionSlots } from '../../../../runner/media/voice/ConversionSlots';

describe('ConversionSlots', () => {
	it('runs as many as it has slots, the others in their order', async () => {
		const slots = new ConversionSlots(2);
		const started: number[] = [];
		const gates = [0, 1, 2, 3].map(() => Promise.withResolvers<void>());
		const runs = gates.map((gate, index) =>
			slots.run(async () => {
				started.push(index);
				await gate.promise;
			}),
		);
		await settle();
		expect(started).toEqual([0, 1]);
		gates[1]!.resolve();
		await runs[1];
		await settle();
		expect(started).toEqual([0, 1, 2]);
		gates.forEach((gate) => gate.resolve());
		await Promise.all(runs);
		expect(started).toEqual([0, 1, 2, 3]);
	});

	it('gives a slot back after a failure, and skips what was aborted while it waited', async () => {
		const slots = new ConversionSlots(1);
		const gate = Promise.withResolvers<void>();
		const abort = new AbortController();
		const failing = slots.run(() => gate.promise);
		const aborted = slots.run(async () => 'too late', abort.signal);
		const last = slots.run(async () => 'done');
		abort.abort(new Error('hung up'));
		gate.reject(new Error('broken'));
		await expect(failing).rejects.toThrow('broken');
		await expect(aborted).rejects.toThrow('hung up');
		await expect(last).resolves.toBe('done');
	});
});

/** Everything that can go on without a gate has gone on by then. */
function settle(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
