import { createHash } from 'node:crypto';
import type { LinkedDevice } from '../../simulator';
import { INSTANCE, SessionRig } from './SessionRig';

const toHash = (file: Buffer) => createHash('sha256').update(file).digest('hex');

describe('files that come with messages', () => {
	let rig: SessionRig;
	let device: LinkedDevice;
	beforeAll(async () => {
		rig = await SessionRig.create();
		device = await rig.link();
	});
	afterAll(() => rig.remove());
	beforeEach(() => {
		rig.events.length = 0;
	});

	let lastNumber = 15550005000;
	const newContact = () => rig.simulator.createContact({ number: String(++lastNumber) });
	const setDownload = async (isOn: boolean) => {
		await rig.database.write([
			{
				sql: `INSERT OR REPLACE INTO instance_settings
					(instance_id, read, own_messages, download, messages_per_minute) VALUES (?, 0, 0, ?, NULL)`,
				params: [INSTANCE, Number(isOn)],
			},
		]);
		await rig.restart();
		await rig.untilState('connected');
	};
	const stateOf = (id: string) =>
		rig.database.get<{ media_state: string | null }>(
			'SELECT media_state FROM messages WHERE message_id = ?',
			id,
		)?.media_state;

	test('are told before they are there, and are there soon after, byte for byte', async () => {
		const file = Buffer.from('a picture');
		const id = await newContact().sendMedia(rig.phone, 'image', file);
		const { media } = await rig.event('received');
		expect(media).toMatchObject({ sha256: toHash(file), size: file.length });
		expect(media?.url).toContain(`/media/${INSTANCE}/${toHash(file)}`);
		await rig.until(() => stateOf(id) === 'stored', 'the stored file');
		expect(await rig.media.find(toHash(file))!.content.read()).toEqual(file);
	});

	test('that WhatsApp no longer has are uploaded again by the phone', async () => {
		const ann = newContact();
		const file = Buffer.from('an old picture');
		rig.simulator.media.failWith = 503;
		const id = await ann.sendMedia(rig.phone, 'image', file);
		await rig.event('received');
		await expect(rig.session.fetchFile(toHash(file), 5_000)).rejects.toMatchObject({
			code: 'engine_down',
		});
		rig.simulator.media.failWith = undefined;
		rig.simulator.media.expire(ann.pathOf(id));
		expect(await (await rig.session.fetchFile(toHash(file), 10_000)).content.read()).toEqual(file);
		expect(stateOf(id)).toBe('stored');
	});

	test('that were under way when the runner ended are fetched by the next one', async () => {
		rig.simulator.media.failWith = 503;
		const file = Buffer.from('interrupted');
		const id = await newContact().sendMedia(rig.phone, 'image', file);
		await rig.event('received');
		await device.drained();
		expect(stateOf(id)).toBe('pending');
		rig.simulator.media.failWith = undefined;
		await rig.restart();
		await rig.until(() => stateOf(id) === 'stored', 'the file after the restart');
	});

	test('are fetched when somebody asks, where an instance wants it so', async () => {
		await setDownload(false);
		const file = Buffer.from('on demand');
		const id = await newContact().sendMedia(rig.phone, 'document', file, { fileName: 'a.bin' });
		await rig.event('received');
		await device.drained();
		expect([stateOf(id), rig.media.find(toHash(file))]).toEqual([null, undefined]);
		const fetched = await rig.session.fetchFile(toHash(file), 10_000);
		expect(fetched).toMatchObject({ sizeBytes: file.length, fileName: 'a.bin' });
		await setDownload(true);
	});

	test('that were tampered with on the way are not handed out', async () => {
		await setDownload(false);
		for (const how of ['flipByte', 'otherContent'] as const) {
			rig.events.length = 0;
			const ann = newContact();
			const file = Buffer.from(`original ${how}`);
			const id = await ann.sendMedia(rig.phone, 'image', file);
			await rig.event('received');
			rig.simulator.media.tamper(ann.pathOf(id), how);
			await expect(rig.session.fetchFile(toHash(file), 10_000)).rejects.toMatchObject({
				code: 'media_gone',
			});
			expect(rig.media.find(toHash(file))).toBeUndefined();
		}
	});
});
