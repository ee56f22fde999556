import type { proto } from '@whiskeysockets/baileys';
import type { ReceivedBody } from '../../../contract';
import { MAX_BODY_BYTES, toBodyText } from '../../../runner/webhooks/toBodyText';
import type { Contact, LinkedDevice } from '../../simulator';
import { SessionRig } from './SessionRig';

const MENTIONS = Array.from({ length: 100_000 }, (_, at) => `${900_000_000 + at}@lid`);

const LARGE: Array<[string, proto.IMessage, Partial<ReceivedBody>]> = [
	[
		'100,000 mentions',
		{ extendedTextMessage: { text: 'hello', contextInfo: { mentionedJid: MENTIONS } } },
		{ message: 'hello', mentions: MENTIONS.slice(0, 1024) },
	],
	['a text of 8 MB', { conversation: 'x'.repeat(8_000_000) }, { message: 'x'.repeat(65_536) }],
	[
		'a contact card of 4.8 MB',
		{ contactMessage: { displayName: 'Cleo', vcard: 'TEL:1\n'.repeat(800_000) } },
		{
			contacts: [{ name: 'Cleo', phones: ['1'], vcard: 'TEL:1\n'.repeat(10_923).slice(0, 65_536) }],
		},
	],
];

describe('a contact who sends far too much', () => {
	let rig: SessionRig;
	let device: LinkedDevice;
	let ann: Contact;
	beforeAll(async () => {
		rig = await SessionRig.create();
		device = await rig.link();
		ann = rig.simulator.createContact({ number: '15550002222', name: 'Ann' });
	});
	afterAll(() => rig.remove());
	beforeEach(() => {
		rig.events.length = 0;
	});

	test.each(LARGE)(
		'%s: it is told once, cut and marked, in a body that n8n takes, and what follows is told too',
		async (_what, content, told) => {
			const id = await ann.sendMessage(rig.phone, content);
			const event = await rig.event('received');
			expect(event).toMatchObject({ messageId: id, truncated: true, ...told });
			expect(Buffer.byteLength(toBodyText(event))).toBeLessThanOrEqual(MAX_BODY_BYTES);
			const next = await ann.sendText(rig.phone, 'small');
			expect(await rig.event('received', 2)).toMatchObject({ messageId: next });
			await device.drained();
			expect(rig.of('received')).toHaveLength(2);
			expect(rig.of('received')[1]).not.toHaveProperty('truncated');
		},
	);

	test('a list of 300,000 empty sections, which would become objects of a hundred times its size, is not read', async () => {
		const sections = Array.from({ length: 300_000 }, () => ({}));
		const id = await ann.sendMessage(rig.phone, { listMessage: { title: 'hello', sections } });
		expect(await rig.event('received')).toMatchObject({ messageId: id, type: 'unknown' });
		const next = await ann.sendText(rig.phone, 'small');
		expect(await rig.event('received', 2)).toMatchObject({ messageId: next });
	});
});
