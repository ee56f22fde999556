import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { SessionRig } from './SessionRig';

const MESSAGES = 300;

describe('the commit barrier, seen from WhatsApp’s side', () => {
	let rig: SessionRig;
	beforeAll(async () => {
		rig = await SessionRig.create();
	});
	afterAll(() => rig.remove());

	test(`of ${MESSAGES} messages no receipt left before its message was on disk, and no text before its ratchet`, async () => {
		const device = await rig.link();
		const ann = rig.simulator.createContact({ number: '15550002222' });
		const bob = rig.simulator.createContact({ number: '15550003333' });
		// A reader of its own sees only what is committed.
		const disk = new DatabaseSync(join(rig.folder, 'runner.db'), { readOnly: true });
		const message = disk.prepare('SELECT 1 FROM messages WHERE message_id = ?');
		const queued = disk.prepare('SELECT 1 FROM message_statuses WHERE message_id = ?');
		const session = disk.prepare(
			`SELECT value FROM signal_keys WHERE type = 'session' AND id LIKE ?`,
		);
		const early: string[] = [];
		const ratchets: string[] = [];
		const receipted = new Set<string>();
		rig.simulator.on('receipt', ({ id, type }) => {
			if (type === 'peer_msg' || type === 'hist_sync') return;
			receipted.add(id);
			if (!message.get(id)) early.push(`receipt ${id}`);
		});
		rig.simulator.on('messageFromClient', ({ id }) => {
			if (!queued.get(id)) early.push(`text ${id}`);
			ratchets.push(JSON.stringify(session.all(`%${bob.lid.split('@')[0]}%`)));
		});
		const ids = await Promise.all(
			Array.from({ length: MESSAGES }, (_, n) => ann.sendText(rig.phone, `message ${n}`)),
		);
		for (let n = 0; n < 30; n++) await rig.send(bob.number, `text ${n}`);
		await device.drained();
		disk.close();
		expect(early).toEqual([]);
		expect(ids.filter((id) => !receipted.has(id))).toEqual([]);
		// Each ciphertext was preceded by a step of its own of the stored session.
		expect(new Set(ratchets).size).toBe(30);
		expect(rig.of('received').map(({ messageId }) => messageId)).toEqual(ids);
	});
});
