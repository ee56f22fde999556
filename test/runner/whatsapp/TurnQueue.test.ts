import { setImmediate as nextTask } from 'node:timers/promises';
import { TurnQueue } from '../../../runner/whatsapp/TurnQueue';

describe('TurnQueue', () => {
	test('one at a time, sends before waiting stanzas, else in order', async () => {
		const turns = new TurnQueue();
		const seen: string[] = [];
		const task = (name: string) => async () => {
			seen.push(`${name} begins`);
			await nextTask();
			seen.push(`${name} ends`);
		};
		await Promise.all([
			turns.take('stanza', task('first stanza')),
			turns.take('stanza', task('second stanza')),
			turns.take('send', task('send')),
		]);
		expect(seen).toEqual([
			'first stanza begins',
			'first stanza ends',
			'send begins',
			'send ends',
			'second stanza begins',
			'second stanza ends',
		]);
	});

	test('a turn that fails tells its caller and lets the next one begin', async () => {
		const turns = new TurnQueue();
		const failing = turns.take('stanza', () => Promise.reject(new Error('no')));
		const next = turns.take('stanza', () => Promise.resolve('yes'));
		await expect(failing).rejects.toThrow('no');
		await expect(next).resolves.toBe('yes');
	});

	test('a backlog lets timers and sockets have their turn', async () => {
		const turns = new TurnQueue();
		let done = 0;
		const all = Array.from({ length: 100 }, () =>
			turns.take('stanza', () => Promise.resolve(void done++)),
		);
		await nextTask();
		expect(done).toBeGreaterThan(0);
		expect(done).toBeLessThan(100);
		await Promise.all(all);
	});

	test('closing drops what waits, waits for what runs, and takes nothing more', async () => {
		const turns = new TurnQueue();
		let isOver = false;
		const running = turns.take('stanza', async () => {
			await nextTask();
			isOver = true;
		});
		const dropped = turns.take('stanza', () => Promise.resolve());
		const closing = turns.close();
		await expect(dropped).rejects.toThrow('The connection has ended');
		await closing;
		expect(isOver).toBe(true);
		await running;
		await expect(turns.take('send', () => Promise.resolve())).rejects.toThrow();
	});
});
