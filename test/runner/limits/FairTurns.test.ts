import { FairTurns } from '../../../runner/limits/FairTurns';

/** Work that lasts until its gate is opened, and what of it has begun. */
class Works {
	readonly begun: string[] = [];
	readonly gates = new Map<string, PromiseWithResolvers<void>>();

	constructor(private readonly turns: FairTurns) {}

	add(name: string, signal?: AbortSignal): Promise<void> {
		const gate = Promise.withResolvers<void>();
		this.gates.set(name, gate);
		return this.turns.run({ owner: name.charAt(0), signal }, async () => {
			this.begun.push(name);
			await gate.promise;
		});
	}

	async finish(name: string): Promise<void> {
		this.gates.get(name)?.resolve();
		await settle();
	}
}

describe('FairTurns', () => {
	it('runs as many as it may, those of one owner in their order', async () => {
		const works = new Works(new FairTurns({ count: 2 }));
		const all = ['a1', 'a2', 'a3', 'a4'].map((name) => works.add(name));
		await settle();
		expect(works.begun).toEqual(['a1', 'a2']);
		await works.finish('a2');
		expect(works.begun).toEqual(['a1', 'a2', 'a3']);
		await works.finish('a1');
		for (const name of ['a3', 'a4']) await works.finish(name);
		await Promise.all(all);
		expect(works.begun).toEqual(['a1', 'a2', 'a3', 'a4']);
	});

	it('gives each owner a turn, whoever has brought the most', async () => {
		const works = new Works(new FairTurns({ count: 1 }));
		const names = ['a1', 'a2', 'a3', 'b1', 'c1', 'b2'];
		const all = names.map((name) => works.add(name));
		for (const name of ['a1', 'a2', 'b1', 'c1', 'a3', 'b2']) await works.finish(name);
		await Promise.all(all);
		expect(works.begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2']);
	});

	it('keeps a place for the others where one owner may not have them all', async () => {
		const works = new Works(new FairTurns({ count: 2, perOwner: 1 }));
		const all = ['a1', 'a2', 'b1'].map((name) => works.add(name));
		await settle();
		expect(works.begun).toEqual(['a1', 'b1']);
		await works.finish('b1');
		expect(works.begun).toEqual(['a1', 'b1']);
		for (const name of ['a1', 'a2']) await works.finish(name);
		await Promise.all(all);
	});

	it('gives a place back after a failure, and does not begin what was called off while it waited', async () => {
		const turns = new FairTurns({ count: 1 });
		const gate = Promise.withResolvers<void>();
		const abort = new AbortController();
		const failing = turns.run({ owner: 'a' }, () => gate.promise);
		let isBegun = false;
		const aborted = turns.run({ owner: 'a', signal: abort.signal }, async () => {
			isBegun = true;
		});
		const last = turns.run({ owner: 'a' }, async () => 'done');
		abort.abort(new Error('hung up'));
		// At once: it does not wait for its turn to say so.
		await expect(aborted).rejects.toThrow('hung up');
		gate.reject(new Error('broken'));
		await expect(failing).rejects.toThrow('broken');
		await expect(last).resolves.toBe('done');
		expect(isBegun).toBe(false);
	});

	it('says that it is busy to the owner who brings too many, and to nobody else', async () => {
		const works = new Works(new FairTurns({ count: 1, maxWaiting: 2 }));
		const all = ['a1', 'a2', 'a3'].map((name) => works.add(name));
		await expect(works.add('a4')).rejects.toMatchObject({ code: 'rate_limited' });
		all.push(works.add('b1'));
		for (const name of ['a1', 'a2', 'b1', 'a3']) await works.finish(name);
		await Promise.all(all);
		expect(works.begun).toEqual(['a1', 'a2', 'b1', 'a3']);
	});
});

/** Everything that can go on without a gate has gone on by then. */
function settle(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
