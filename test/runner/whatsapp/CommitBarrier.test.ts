import { setImmediate as nextTask } from 'node:timers/promises';
import type { Database } from '../../../runner/storage/Database';
import type { Statement } from '../../../runner/storage/Statement';
import { CommitBarrier } from '../../../runner/whatsapp/CommitBarrier';
import type { RawSocket } from '../../../runner/whatsapp/RawSocket';

const row = (name: string): Statement => ({ sql: name, params: [] });

/** A database and a socket that write down, in one list, what reached them. */
function createWorld() {
	const happened: string[] = [];
	const commits: Array<PromiseWithResolvers<undefined>> = [];
	const database = {
		write: (statements: readonly Statement[]) => {
			happened.push(`write ${statements.map(({ sql }) => sql).join('+')}`);
			const commit = Promise.withResolvers<undefined>();
			commits.push(commit);
			return commit.promise.then(() => void happened.push('on disk'));
		},
	} as unknown as Database;
	const socket: RawSocket = {
		send: (frame) => void happened.push(`frame ${Buffer.from(frame).toString()}`),
		close: () => undefined,
		terminate: () => undefined,
	};
	const failures: Error[] = [];
	const barrier = new CommitBarrier(database, [], (error) => failures.push(error));
	barrier.guard(socket);
	const send = (text: string) => socket.send(Buffer.from(text));
	return { happened, commits, barrier, socket, send, failures };
}

describe('CommitBarrier', () => {
	test('a frame leaves only when what came before it is on disk', async () => {
		const { happened, commits, barrier, send } = createWorld();
		barrier.stage([row('ratchet')]);
		send('receipt');
		barrier.stage([row('journal')]);
		await nextTask();
		expect(happened).toEqual(['write ratchet+journal']);
		commits[0]?.resolve(undefined);
		await nextTask();
		expect(happened).toEqual(['write ratchet+journal', 'on disk', 'frame receipt']);
	});

	test('the sender is told at once that its frame was written', () => {
		const { socket } = createWorld();
		let isWritten = false;
		socket.send(Buffer.from('receipt'), () => (isWritten = true));
		expect(isWritten).toBe(true);
	});

	test('frames keep their order over commits, and what gathers meanwhile is one commit', async () => {
		const { happened, commits, barrier, send } = createWorld();
		barrier.stage([row('a')]);
		send('1');
		await nextTask();
		barrier.stage([row('b')]);
		send('2');
		send('3');
		barrier.stage([row('c')]);
		await nextTask();
		expect(happened).toEqual(['write a']);
		commits[0]?.resolve(undefined);
		await nextTask();
		await nextTask();
		commits[1]?.resolve(undefined);
		await nextTask();
		expect(happened).toEqual([
			'write a',
			'on disk',
			'frame 1',
			'write b+c',
			'on disk',
			'frame 2',
			'frame 3',
		]);
	});

	test('frames without changes leave without a commit', async () => {
		const { happened, send } = createWorld();
		send('ping');
		await nextTask();
		expect(happened).toEqual(['frame ping']);
	});

	test('announcements wait for the disk', async () => {
		const { happened, commits, barrier } = createWorld();
		barrier.stage([row('outbox')], () => happened.push('announced'));
		await nextTask();
		expect(happened).toEqual(['write outbox']);
		commits[0]?.resolve(undefined);
		await nextTask();
		expect(happened.at(-1)).toBe('announced');
	});

	test('after a failed commit nothing leaves any more, nothing is announced, and it is said once', async () => {
		const { happened, commits, barrier, send, socket, failures } = createWorld();
		barrier.stage([row('a')], () => happened.push('announced'));
		send('1');
		await nextTask();
		send('2');
		commits[0]?.reject(new Error('disk full'));
		await nextTask();
		send('3');
		barrier.stage([row('b')]);
		let refusal: Error | undefined;
		socket.send(Buffer.from('4'), (error) => (refusal = error));
		await nextTask();
		expect(happened).toEqual(['write a']);
		expect(failures.map(({ message }) => message)).toEqual(['disk full']);
		expect(refusal?.message).toBe('disk full');
		await expect(barrier.flush()).rejects.toThrow('disk full');
	});

	test('what was staged for a message that was cut off is not kept, what was under way is waited for', async () => {
		const { happened, commits, barrier, send, failures } = createWorld();
		barrier.stage([row('whole')]);
		send('receipt');
		await nextTask();
		barrier.stage([row('half')]);
		barrier.discard();
		const closing = barrier.close();
		let isClosed = false;
		void closing.then(() => (isClosed = true));
		await nextTask();
		expect(isClosed).toBe(false);
		commits[0]?.resolve(undefined);
		await closing;
		expect(happened).toEqual(['write whole', 'on disk', 'frame receipt']);
		expect(failures).toEqual([]);
	});

	test('what could not be staged ends it, but not before what was under way is on disk', async () => {
		const { happened, commits, barrier, failures } = createWorld();
		barrier.stage([row('whole')]);
		await nextTask();
		barrier.abort(new Error('cannot be read'));
		const closing = barrier.close().catch(() => void happened.push('closed'));
		await nextTask();
		expect(happened).toEqual(['write whole']);
		commits[0]?.resolve(undefined);
		await closing;
		expect(happened).toEqual(['write whole', 'on disk', 'closed']);
		expect(failures.map(({ message }) => message)).toEqual(['cannot be read']);
	});

	test('closing commits what is staged and takes nothing after it', async () => {
		const { happened, commits, barrier } = createWorld();
		barrier.stage([row('last')]);
		const closing = barrier.close();
		await nextTask();
		commits[0]?.resolve(undefined);
		await closing;
		barrier.stage([row('stale')]);
		barrier.arm();
		await nextTask();
		expect(happened).toEqual(['write last', 'on disk']);
	});
});
