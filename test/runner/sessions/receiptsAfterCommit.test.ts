import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { open } from '../../../runner/storage/encryption/sealedColumns';
import { sendFile } from './sending/sendFile';
import { SessionRig } from './SessionRig';

/** Half of them in a group, a tenth of them files. */
const RECEIVED = 900;
const SENT = 100;
/** One after the other: of messages that share a commit each would find the last one's ratchet. */
const SENDERS = 1;
const FILE = Buffer.from('what the file holds');

describe('the commit barrier, seen from WhatsApp’s side', () => {
	let rig: SessionRig;
	beforeAll(async () => {
		rig = await SessionRig.create();
	});
	afterAll(() => rig.remove());

	test(`of ${RECEIVED + SENT} messages, direct and in a group, texts and files, no receipt left before its message was on disk, and no ciphertext before its ratchet`, async () => {
		const device = await rig.link();
		const ann = rig.simulator.createContact({ number: '15550002222' });
		const bob = rig.simulator.createContact({ number: '15550003333' });
		const group = rig.simulator.createGroup({
			subject: 'Team',
			participants: [ann, bob, rig.phone],
		});
		// A reader of its own sees only what is committed.
		const disk = new DatabaseSync(join(rig.folder, 'runner.db'), { readOnly: true });
		const message = disk.prepare('SELECT 1 FROM messages WHERE message_id = ?');
		const queued = disk.prepare('SELECT 1 FROM message_statuses WHERE message_id = ?');
		// The same value is never the same bytes twice, so it is read opened.
		const keys = `SELECT ${open('signal_keys.value')} FROM signal_keys WHERE type = ? AND id LIKE ?`;
		const early: string[] = [];
		const ratchets = { direct: new Set<string>(), group: new Set<string>() };
		const receipted = new Set<string>();
		const sent = new Set<string>();
		rig.simulator.on('receipt', ({ id, type }) => {
			if (type === 'peer_msg' || type === 'hist_sync') return;
			receipted.add(id);
			if (!message.get(id)) early.push(`receipt ${id}`);
		});
		rig.simulator.on('messageFromClient', ({ id, to }) => {
			if (!queued.get(id)) early.push(`message ${id}`);
			if (sent.has(id)) return;
			sent.add(id);
			const isGroup = to === group.jid;
			const ratchet = isGroup
				? rig.database.all(keys, 'sender-key', `${group.jid}%`)
				: rig.database.all(keys, 'session', `%${bob.lid.split('@')[0]}%`);
			const seen = isGroup ? ratchets.group : ratchets.direct;
			const state = JSON.stringify(ratchet);
			if (seen.has(state)) early.push(`ratchet of ${id}`);
			seen.add(state);
		});
		const direct: string[] = [];
		const inGroup: string[] = [];
		const receive = async () => {
			for (let n = 0; n < RECEIVED; n += 2) {
				const isFile = n % 20 === 0;
				direct.push(
					isFile
						? await ann.sendMedia(rig.phone, 'document', FILE, { caption: `${n}` })
						: await ann.sendText(rig.phone, `message ${n}`),
				);
				inGroup.push(await bob.sendText(group, `message ${n + 1}`));
			}
		};
		const send = async (first: number) => {
			for (let n = first; n < SENT; n += SENDERS) {
				const jid = n % 2 === 0 ? bob.pn : group.jid;
				if (n % 10 === 0) await sendFile(rig, jid, { kind: 'document', bytes: FILE });
				else await rig.sendDraft(jid, { kind: 'text', text: `text ${n}` });
			}
		};
		await Promise.all([receive(), ...Array.from({ length: SENDERS }, (_, first) => send(first))]);
		await device.drained();
		disk.close();
		expect(early).toEqual([]);
		expect([...direct, ...inGroup].filter((id) => !receipted.has(id))).toEqual([]);
		// Each ciphertext was preceded by a step of its own of the stored ratchet.
		expect(ratchets.direct.size + ratchets.group.size).toBe(SENT);
		const received = rig.of('received').map(({ messageId }) => messageId);
		expect(received.filter((id) => direct.includes(id))).toEqual(direct);
		expect(received.filter((id) => inGroup.includes(id))).toEqual(inGroup);
	}, 900_000);
});
