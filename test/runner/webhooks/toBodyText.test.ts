import type { EventName, ReceivedBody, StatusBody } from '../../../contract';
import { createSampleBody } from '../../../runner/webhooks/createSampleBody';
import { MAX_BODY_BYTES, toBodyText } from '../../../runner/webhooks/toBodyText';

const toSample = (event: EventName) =>
	createSampleBody({ event, eventId: 'e', nowMs: 0, instanceId: 'i', instanceName: 'n' });
const toReceived = () => toSample('received') as ReceivedBody;
/** Six bytes of JSON each. */
const control = (length: number) => '\u0001'.repeat(length);
const smiles = (length: number) => '😀'.repeat(length / 2);

function toWorst(fill: (length: number) => string): ReceivedBody {
	const sample = toReceived();
	const [text, name] = [fill(65_536), fill(1024)];
	return {
		...sample,
		message: text,
		senderName: name,
		whatsappStatus: {
			...sample.whatsappStatus,
			description: text,
			title: name,
			url: name,
			groupInvite: name,
		},
		chat: { ...sample.chat, name },
		sender: { ...sample.sender, name, username: name },
		quoted: {
			messageId: 'Q',
			participant: name,
			text: fill(4096),
			verified: false,
			type: 'text',
			isStatus: true,
		},
		advertisement: {
			sourceId: name,
			sourceType: name,
			sourceUrl: fill(4096),
			sourceApp: name,
			title: name,
			body: fill(4096),
			ctwaClid: name,
			conversionSource: name,
		},
		entryPoint: name,
		mentions: Array.from({ length: 1024 }, () => fill(256)),
		media: {
			url: 'https://runner.example/media/i/00?signature=00',
			mimetype: 'image/jpeg',
			fileName: name,
			size: 1,
			sha256: '00',
			caption: text,
			seconds: null,
			width: null,
			height: null,
		},
		location: { latitude: 1, longitude: 2, name, address: name, live: false },
		contacts: Array.from({ length: 100 }, () => ({
			name,
			phones: Array.from({ length: 64 }, () => fill(256)),
			vcard: text,
		})),
		poll: { question: text, options: Array.from({ length: 64 }, () => name), selectableCount: 0 },
		pollVote: { messageId: 'P', options: Array.from({ length: 64 }, () => name) },
		reaction: { messageId: 'R', emoji: name },
		selection: { id: name, title: text },
		album: { messageId: name, images: 1, videos: 1 },
		kind: name,
	};
}

describe('the body of an event', () => {
	test('is what it is while it fits', () => {
		const body = toReceived();
		expect(toBodyText(body)).toBe(JSON.stringify(body));
	});

	test.each([
		['characters of six bytes', control],
		['emoji', smiles],
		['letters', (length: number) => 'x'.repeat(length)],
	])('is at most 1 MB with every field full of %s, is marked, and says whose it is', (_, fill) => {
		const text = toBodyText(toWorst(fill));
		expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BODY_BYTES);
		const { messageId, number, media, truncated, type, message } = JSON.parse(text) as ReceivedBody;
		const sample = toReceived();
		expect({ messageId, number, type }).toEqual({
			messageId: sample.messageId,
			number: sample.number,
			type: sample.type,
		});
		expect(media?.url).toBe('https://runner.example/media/i/00?signature=00');
		expect(truncated).toBe(true);
		expect(message.isWellFormed()).toBe(true);
		expect(text).not.toMatch(/\\ud[89a-f]/i);
	});

	test('cuts a text only as far as it has to, and the same text everywhere alike', () => {
		const text = control(65_536);
		const sample = toReceived();
		const body = JSON.parse(
			toBodyText({
				...sample,
				message: text,
				whatsappStatus: { ...sample.whatsappStatus, description: text, title: text },
			}),
		) as ReceivedBody;
		expect(body.message).toHaveLength(32_768);
		expect(body.whatsappStatus.description).toBe(body.message);
	});

	test('is at most 1 MB of whatever event', () => {
		const id = 'A'.repeat(5_000_000);
		const sample = toSample('status') as StatusBody;
		const text = toBodyText({ ...sample, messageId: id });
		expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BODY_BYTES);
		expect(JSON.parse(text)).toMatchObject({ event: 'status', truncated: true });
	});
});
