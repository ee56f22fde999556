import type { Statement } from '../../../runner/storage/Statement';
import { StorageError } from '../../../runner/storage/StorageError';
import { SessionRig } from './SessionRig';

/** Lets the next so many writes that match fail, as a full disk would. */
function failWrites(rig: SessionRig, count: number, matches: (sql: string) => boolean): void {
	const write = rig.database.write.bind(rig.database);
	let left = count;
	rig.database.write = (statements: readonly Statement[]) => {
		if (left > 0 && statements.some(({ sql }) => matches(sql))) {
			left--;
			return Promise.reject(new StorageError('Cannot write: the disk is full.'));
		}
		return write(statements);
	};
}

describe('when a commit fails', () => {
	let rig: SessionRig;
	beforeEach(async () => {
		rig = await SessionRig.create();
	});
	afterEach(() => rig.remove());

	test('no receipt leaves, everything is read again, and the message arrives once', async () => {
		const device = await rig.link();
		const ann = rig.simulator.createContact({ number: '15550002222' });
		await ann.sendText(rig.phone, 'before');
		await device.drained();
		failWrites(rig, 1, (sql) => sql.includes('INTO messages'));
		const id = await ann.sendText(rig.phone, 'while the disk is full');
		await device.whenOffline();
		await device.receipted(id);
		await ann.sendText(rig.phone, 'after');
		await device.drained();
		const received = rig.of('received').map(({ message }) => message);
		expect(received).toEqual(['before', 'while the disk is full', 'after']);
		expect(rig.simulator.counters).toMatchObject({ retryReceipts: 0, nacks: {}, decryptErrors: 0 });
	});

	test('a text whose row was not written has not left, and goes out once afterwards', async () => {
		const device = await rig.link();
		const ann = rig.simulator.createContact({ number: '15550002222' });
		failWrites(rig, 1, (sql) => sql.includes('INTO send_queue'));
		const outcome = await rig.send(ann.number, 'hello');
		expect(outcome.state).toBe('sent');
		await device.whenOnline();
		expect(ann.inbox.map(({ id }) => id)).toEqual([outcome.messageId]);
		expect(ann.duplicates).toBe(0);
	});

	test('a disk that stays full is said to the caller, and the text is not sent in secret', async () => {
		await rig.link();
		const ann = rig.simulator.createContact({ number: '15550002222' });
		failWrites(rig, 1_000, (sql) => sql.includes('INTO send_queue'));
		await expect(rig.send(ann.number, 'hello')).rejects.toMatchObject({
			code: 'storage_unavailable',
		});
		expect(ann.inbox).toEqual([]);
	});
});

test('a runner that stops tells waiting callers that their text is queued, and the next one sends it', async () => {
	const rig = await SessionRig.create();
	try {
		await rig.link();
		const ann = rig.simulator.createContact({ number: '15550002222' });
		ann.holdAcks(true);
		const sending = rig.send(ann.number, 'hello');
		await ann.received(1);
		await rig.session.stop();
		const { messageId } = await sending;
		expect(await sending).toMatchObject({ messageId, state: 'queued' });
		ann.holdAcks(false);
		await rig.restart();
		await rig.event('sent');
		expect(ann.inbox.map(({ id }) => id)).toEqual([messageId]);
	} finally {
		await rig.remove();
	}
});
