import { proto } from '@whiskeysockets/baileys';
import { toMediaPointer } from '../../../../runner/whatsapp/media/toMediaPointer';

const FILE = {
	mediaKey: Buffer.alloc(32, 1),
	directPath: '/v/file.enc',
	url: 'https://mmg.whatsapp.net/v/file.enc',
	fileSha256: Buffer.alloc(32, 2),
	fileEncSha256: Buffer.alloc(32, 3),
	fileLength: 70_000,
};

/** As it comes from WhatsApp: through the wire format, with Longs and defaults. */
const decode = (content: proto.IMessage) =>
	toMediaPointer(proto.Message.decode(proto.Message.encode(content).finish()));

describe('the file of a message', () => {
	test.each<[string, proto.IMessage]>([
		['image', { imageMessage: FILE }],
		['video', { videoMessage: FILE }],
		['video', { ptvMessage: FILE }],
		['audio', { audioMessage: FILE }],
		['voice', { audioMessage: { ...FILE, ptt: true } }],
		['document', { documentMessage: FILE }],
		['sticker', { stickerMessage: FILE }],
		['sticker', { lottieStickerMessage: { message: { stickerMessage: FILE } } }],
	])('%s', (kind, content) => {
		expect(decode(content)?.pointer).toEqual({ kind, ...FILE });
	});

	test('what the sender says about it', () => {
		const about = { mimetype: 'video/quicktime', seconds: 12, width: 1920, height: 1080 };
		expect(decode({ videoMessage: { ...FILE, ...about } })).toMatchObject(about);
		const document = { ...FILE, fileName: 'a.pdf', title: 'A', mimetype: 'application/pdf' };
		expect(decode({ documentMessage: document })).toMatchObject({
			fileName: 'a.pdf',
			mimetype: 'application/pdf',
			seconds: null,
		});
	});

	test('what the sender leaves out is null, and the type is that of the kind', () => {
		expect(decode({ stickerMessage: { mediaKey: FILE.mediaKey, fileLength: 0 } })).toEqual({
			pointer: {
				kind: 'sticker',
				mediaKey: FILE.mediaKey,
				directPath: null,
				url: null,
				fileSha256: null,
				fileEncSha256: null,
				fileLength: null,
			},
			mimetype: 'image/webp',
			fileName: null,
			seconds: null,
			width: null,
			height: null,
		});
	});

	test('a message without a file, or without a key to it, has none', () => {
		expect(decode({ conversation: 'text' })).toBeUndefined();
		expect(decode({ locationMessage: { degreesLatitude: 1 } })).toBeUndefined();
		expect(decode({ imageMessage: { ...FILE, mediaKey: null } })).toBeUndefined();
	});
});
