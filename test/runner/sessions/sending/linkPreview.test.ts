import { SessionRig } from '../SessionRig';

describe('a text with a link', () => {
	let rig: SessionRig;
	beforeAll(async () => {
		rig = await SessionRig.create();
		await rig.link();
	});
	afterAll(() => rig.remove());

	test('shows the other side a preview of the page, when there is one', async () => {
		const ann = rig.simulator.createContact({ number: '15550003901' });
		const text = 'Read https://example.com/news today';
		const preview = {
			url: 'https://example.com/news',
			title: 'News',
			description: 'What is new',
			thumbnail: Buffer.from('a JPEG'),
		};
		const { messageId } = await rig.sendDraft(ann.pn, { kind: 'text', text, preview });
		const { message } = await ann.receive(({ id }) => id === messageId);
		expect(message.extendedTextMessage).toMatchObject({
			text,
			matchedText: preview.url,
			title: 'News',
			description: 'What is new',
		});
		expect(Buffer.from(message.extendedTextMessage!.jpegThumbnail!)).toEqual(preview.thumbnail);
	});

	test('goes without one unless asked for', async () => {
		const ann = rig.simulator.createContact({ number: '15550003902' });
		const { messageId } = await rig.send(ann.number, 'Read https://example.com/news today');
		const { message } = await ann.receive(({ id }) => id === messageId);
		expect(message.extendedTextMessage?.matchedText ?? '').toBe('');
	});

	test('is told with the title and the address of the page, when the other side sends one', async () => {
		const ann = rig.simulator.createContact({ number: '15550003903' });
		const url = 'https://example.com/news';
		const linkPreview = { title: 'News', url };
		const id = await ann.sendText(rig.phone, `Read ${url}`, { linkPreview });
		const body = await rig.until(
			() => rig.of('received').find(({ messageId }) => messageId === id),
			'the text',
		);
		expect(body.whatsappStatus).toMatchObject({ title: 'News', url });
	});
});
