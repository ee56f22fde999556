import { proto } from '@whiskeysockets/baileys';
import {
	toAlbum,
	toAlbumChild,
	toButtonReply,
	toDocumentWithCaption,
	toEphemeral,
	toFlaggedViewOnce,
	toInteractiveReply,
	toListReply,
	toPoll,
	toTemplateReply,
	toViewOnce,
} from '../../../simulator/contents';
import { ANN, ANN_PN, GROUP, NOW_MS, OWN, readSample } from './readSample';

const { Type } = proto.Message.ProtocolMessage;
const SHA256 = 'ab'.repeat(32);
const file = {
	fileSha256: Buffer.from(SHA256, 'hex'),
	fileLength: 1234,
	mediaKey: Buffer.alloc(32, 1),
	directPath: '/v/t1',
};

describe('where a message stands', () => {
	test('both identities of a sender are carried, and the chat goes by its phone', () => {
		const byLid = { remoteJid: ANN.lid };
		for (const key of [{}, byLid, { ...byLid, remoteJidAlt: ANN_PN }]) {
			expect(readSample({ conversation: 'hi' }, { key })).toMatchObject({
				type: 'text',
				text: 'hi',
				chatId: ANN_PN,
				number: ANN.phone,
				isGroup: false,
				sender: { ...ANN, name: 'Ann' },
				sentAtMs: NOW_MS,
				isForReceivers: true,
			});
		}
	});

	test('a LID whose phone nobody knows stays one, and can be answered', () => {
		const key = { remoteJid: '77:3@lid' };
		expect(readSample({ conversation: 'hi' }, { key })).toMatchObject({
			chatId: '77@lid',
			number: '77@lid',
			sender: { phone: null, lid: '77@lid' },
		});
	});

	test('in a group the sender is who wrote, the chat is the group', () => {
		const key = { remoteJid: GROUP, participant: ANN.lid, participantAlt: ANN_PN };
		expect(readSample({ conversation: 'hi' }, { key })).toMatchObject({
			chatId: GROUP,
			number: GROUP,
			isGroup: true,
			sender: ANN,
		});
	});

	test('what the owner wrote on the phone has the owner as its sender, not the other side', () => {
		expect(readSample({ conversation: 'hi' }, { key: { fromMe: true } })).toMatchObject({
			chatId: ANN_PN,
			number: ANN.phone,
			sender: OWN,
		});
	});

	test('what comes by a broadcast list is a message of its sender; status posts and channels are none', () => {
		const content = { conversation: 'to all' };
		const list = { remoteJid: '123@broadcast', participant: ANN_PN };
		expect(readSample(content, { key: list })).toMatchObject({
			isForReceivers: true,
			chatId: ANN_PN,
			number: ANN.phone,
			sender: ANN,
		});
		for (const remoteJid of ['status@broadcast', '1203630@newsletter']) {
			expect(readSample(content, { key: { remoteJid } }).isForReceivers).toBe(false);
		}
	});

	test('a message without a time has that of its arrival', () => {
		for (const messageTimestamp of [NaN, null, 0]) {
			const { sentAtMs } = readSample({ conversation: 'x' }, { envelope: { messageTimestamp } });
			expect(sentAtMs).toBe(NOW_MS + 5);
		}
	});

	test('late is said of what was missed offline, and of nothing else', () => {
		expect(readSample({ conversation: 'x' }, { isLate: true }).details).toEqual({ late: true });
		expect(readSample({ conversation: 'x' }).details).toEqual({});
	});
});

describe('what every message can have', () => {
	test('a quote names the message, its author as users know them, and its text', () => {
		const contextInfo = {
			stanzaId: 'Q1',
			participant: ANN.lid,
			quotedMessage: toEphemeral({ imageMessage: { ...file, caption: 'look' } }),
		};
		expect(readSample({ extendedTextMessage: { text: 'yes', contextInfo } })).toMatchObject({
			text: 'yes',
			details: {
				quoted: {
					messageId: 'Q1',
					participant: ANN_PN,
					text: 'look',
					type: 'image',
					isStatus: false,
				},
			},
		});
	});

	test('a quote of a status post says so, and what kind of post it is', () => {
		const remoteJid = 'status@broadcast';
		const quotedMessage = { videoMessage: { ...file, caption: 'our shop' } };
		const contextInfo = { stanzaId: 'S1', participant: ANN.lid, remoteJid, quotedMessage };
		const { details } = readSample({ extendedTextMessage: { text: 'nice', contextInfo } });
		expect(details.quoted).toMatchObject({
			messageId: 'S1',
			text: 'our shop',
			type: 'video',
			isStatus: true,
		});
		const bare = {
			extendedTextMessage: { text: 'nice', contextInfo: { stanzaId: 'S1', remoteJid } },
		};
		expect(readSample(bare).details.quoted).toMatchObject({
			text: null,
			type: null,
			isStatus: true,
		});
	});

	test('who came by an advertisement brings what there is to know of it', () => {
		const advertisement = {
			sourceId: '120210000000000001',
			sourceType: 'ad',
			sourceUrl: 'https://fb.me/a1',
			sourceApp: 'facebook',
			title: 'Fresh bread',
			body: 'Order now',
			ctwaClid: 'ARBclick',
		};
		const contextInfo = {
			conversionSource: 'FB_Ads',
			entryPointConversionSource: 'ctwa_ad',
			externalAdReply: advertisement,
		};
		const { details } = readSample({ extendedTextMessage: { text: 'hi', contextInfo } });
		expect(details).toEqual({
			advertisement: { ...advertisement, conversionSource: 'FB_Ads' },
			entryPoint: 'ctwa_ad',
		});
	});

	test('an advertisement that only Meta can read is told as one', () => {
		for (const contextInfo of [
			{ entryPointConversionSource: 'ctwa_ad' },
			{ ctwaPayload: Buffer.from('sealed') },
		]) {
			const { details } = readSample({ extendedTextMessage: { text: 'hi', contextInfo } });
			expect(details.advertisement).toMatchObject({ sourceId: null, title: null, ctwaClid: null });
		}
	});

	test('other ways into a chat are no advertisement, and neither is the old one of an answer to a status', () => {
		const search = { entryPointConversionSource: 'global_search_new_chat' };
		const status = {
			stanzaId: 'S1',
			remoteJid: 'status@broadcast',
			entryPointConversionSource: 'status',
			externalAdReply: { title: 'Fresh bread', sourceId: '1' },
		};
		for (const contextInfo of [search, status]) {
			const { details } = readSample({ extendedTextMessage: { text: 'hi', contextInfo } });
			expect(details.advertisement).toBeUndefined();
			expect(details.entryPoint).toBe(contextInfo.entryPointConversionSource);
		}
	});

	test('mentions are digits where the phone is known, JIDs elsewhere, each once', () => {
		const mentionedJid = [ANN.lid, ANN_PN, '77@lid', ''];
		const { details } = readSample({
			imageMessage: { ...file, caption: '@1', contextInfo: { mentionedJid } },
		});
		expect(details.mentions).toEqual([ANN.phone, '77@lid']);
		expect(details.mentionsMe).toBeUndefined();
	});

	test.each([
		['its phone', { mentionedJid: [ANN_PN, `${OWN.phone}@s.whatsapp.net`] }],
		['its LID', { mentionedJid: [OWN.lid] }],
		['its LID with a device', { mentionedJid: ['900015550001111:7@lid'] }],
		['all of the group', { nonJidMentions: 1 }],
	])('this account is named by %s', (_, contextInfo) => {
		const key = { remoteJid: GROUP, participant: ANN.lid };
		const { details } = readSample({ extendedTextMessage: { text: '@', contextInfo } }, { key });
		expect(details.mentionsMe).toBe(true);
	});

	test('a forwarded message says so', () => {
		for (const contextInfo of [{ isForwarded: true }, { forwardingScore: 3 }]) {
			const { details } = readSample({ extendedTextMessage: { text: 'x', contextInfo } });
			expect(details.forwarded).toBe(true);
		}
	});

	test('a link preview and an invite link are told', () => {
		const text = 'join https://chat.whatsapp.com/AbCdEfGhIjKlMn now';
		const message = readSample({
			extendedTextMessage: { text, title: 'A page', matchedText: 'https://example.com' },
		});
		expect(message.linkPreview).toEqual({ title: 'A page', url: 'https://example.com' });
		expect(message.groupInvite).toBe('https://chat.whatsapp.com/AbCdEfGhIjKlMn');
	});

	test('an invite message is a text with the code of its group', () => {
		const groupInviteMessage = { groupJid: GROUP, inviteCode: 'CODE', caption: 'come' };
		expect(readSample({ groupInviteMessage })).toMatchObject({
			type: 'text',
			text: 'come',
			groupInvite: 'CODE',
		});
	});

	test('the content is kept as it came, for quoting and forwarding', () => {
		const content = toEphemeral({ extendedTextMessage: { text: 'kept' } });
		const stored = proto.Message.decode(readSample(content).content!);
		expect(stored.ephemeralMessage?.message?.extendedTextMessage?.text).toBe('kept');
	});
});

describe('media', () => {
	test.each([
		['image', 'image', { imageMessage: { ...file, mimetype: 'image/png' } }, 'image/png'],
		['image without a type', 'image', { imageMessage: file }, 'image/jpeg'],
		['video', 'video', { videoMessage: { ...file, mimetype: 'video/mp4' } }, 'video/mp4'],
		['video note', 'video', { ptvMessage: file }, 'video/mp4'],
		['audio', 'audio', { audioMessage: { ...file, mimetype: 'audio/mpeg' } }, 'audio/mpeg'],
		['voice note', 'voice', { audioMessage: { ...file, ptt: true } }, 'audio/ogg; codecs=opus'],
		['sticker', 'sticker', { stickerMessage: file }, 'image/webp'],
		[
			'animated sticker',
			'sticker',
			{
				lottieStickerMessage: {
					message: { stickerMessage: { ...file, mimetype: 'application/was' } },
				},
			},
			'application/was',
		],
	])('%s', (_name, type, content, mimetype) => {
		expect(readSample(content as proto.IMessage)).toMatchObject({
			type,
			details: { media: { mimetype, sha256: SHA256, size: 1234 } },
		});
	});

	test('a document has its name, and a caption below its wrapper', () => {
		const document = { ...file, fileName: 'a.pdf', caption: 'read', mimetype: 'application/pdf' };
		expect(readSample(toDocumentWithCaption(document))).toMatchObject({
			type: 'document',
			text: 'read',
			details: { media: { fileName: 'a.pdf', caption: 'read', mimetype: 'application/pdf' } },
		});
	});

	test('a name that is a path, or a type that is none, does not get further', () => {
		const document = { ...file, fileName: '../../x".html\r\nX: y', mimetype: 'text/html\r\nX: y' };
		expect(readSample({ documentMessage: document }).details.media).toMatchObject({
			fileName: 'x_.htmlX_ y',
			mimetype: 'application/octet-stream',
		});
		expect(readSample({ documentMessage: { ...document, fileName: '..' } })).toMatchObject({
			details: { media: { fileName: null } },
		});
	});

	test('length and size of what is shown are told, and null where the sender says nothing', () => {
		const video = readSample({ videoMessage: { ...file, seconds: 7, width: 640, height: 480 } });
		expect(video.details.media).toMatchObject({ seconds: 7, width: 640, height: 480 });
		const { media } = readSample({ videoMessage: { fileSha256: file.fileSha256 } }).details;
		expect(media).toMatchObject({ size: null, seconds: null, width: null, caption: null });
	});

	test('what can be opened once says so, however it is wrapped', () => {
		for (const message of [{ imageMessage: file }, { audioMessage: { ...file, ptt: true } }]) {
			for (const content of [toViewOnce(message), toFlaggedViewOnce(message)]) {
				const { details } = readSample(content);
				expect(details).toMatchObject({ viewOnce: true, media: { sha256: SHA256 } });
			}
		}
		const old = { viewOnceMessage: { message: { imageMessage: file } } };
		expect(readSample(old)).toMatchObject({ type: 'image', details: { viewOnce: true } });
	});

	test('a file without a hash is told without media', () => {
		const { type, details } = readSample({ imageMessage: { url: 'https://x', caption: 'c' } });
		expect([type, details]).toEqual(['image', {}]);
	});

	test('an album tells how much belongs to it, its parts tell their album', () => {
		expect(readSample(toAlbum(2, 1))).toMatchObject({
			type: 'album',
			details: { album: { messageId: 'MSG1', images: 2, videos: 1 } },
		});
		for (const wrapped of [true, false]) {
			const part = toAlbumChild({ imageMessage: file }, { id: 'ALBUM' }, 0, { wrapped });
			expect(readSample(part)).toMatchObject({
				type: 'image',
				details: { album: { messageId: 'ALBUM' }, media: { sha256: SHA256 } },
			});
		}
	});
});

describe('other kinds', () => {
	test('places, standing and moving', () => {
		const place = { degreesLatitude: -30.03, degreesLongitude: -51.23 };
		expect(
			readSample({ locationMessage: { ...place, name: 'Home', address: 'Street 1' } }),
		).toMatchObject({
			type: 'location',
			details: {
				location: {
					latitude: -30.03,
					longitude: -51.23,
					name: 'Home',
					address: 'Street 1',
					live: false,
				},
			},
		});
		expect(readSample({ liveLocationMessage: { ...place, caption: 'here' } })).toMatchObject({
			type: 'location',
			text: 'here',
			details: { location: { live: true, name: null } },
		});
	});

	test('contact cards with the numbers WhatsApp knows, or those that were typed', () => {
		const vcard = [
			'BEGIN:VCARD',
			'FN:Bob Bell',
			'item1.TEL;waid=15550003333:+1 555 000-3333',
			'TEL;type=CELL:+1 (555) 000',
			' 4444',
			'END:VCARD',
		].join('\r\n');
		expect(readSample({ contactMessage: { displayName: 'Bob', vcard } })).toMatchObject({
			type: 'contact',
			details: { contacts: [{ name: 'Bob', phones: ['15550003333', '15550004444'], vcard }] },
		});
		const contactsArrayMessage = { contacts: [{ vcard }, { displayName: 'Nobody' }] };
		expect(readSample({ contactsArrayMessage }).details.contacts).toEqual([
			{ name: 'Bob Bell', phones: ['15550003333', '15550004444'], vcard },
			{ name: 'Nobody', phones: [], vcard: '' },
		]);
	});

	test('polls in every form', () => {
		const poll = { name: 'Lunch?', options: [{ optionName: 'Yes' }, { optionName: 'No' }] };
		const forms: proto.IMessage[] = [
			{ pollCreationMessage: poll },
			{ pollCreationMessageV2: poll },
			{ pollCreationMessageV3: poll },
			{ pollCreationMessageV4: { message: { pollCreationMessageV3: poll } } },
			{ pollCreationMessageV5: poll },
			toPoll('Lunch?', ['Yes', 'No'], 0),
		];
		for (const form of forms) {
			expect(readSample(form)).toMatchObject({
				type: 'poll',
				text: 'Lunch?',
				details: { poll: { question: 'Lunch?', options: ['Yes', 'No'], selectableCount: 0 } },
			});
		}
	});

	test('reactions, taken back ones too', () => {
		const key = { id: 'R1', remoteJid: ANN_PN };
		expect(readSample({ reactionMessage: { key, text: '👍' } })).toMatchObject({
			type: 'reaction',
			text: '👍',
			details: { reaction: { messageId: 'R1', emoji: '👍' } },
		});
		const { details } = readSample({ reactionMessage: { key, text: '' } });
		expect(details.reaction).toEqual({ messageId: 'R1', emoji: '' });
	});

	test('answers by button and list', () => {
		const choice = { id: 'b1', text: 'Yes' };
		for (const reply of [
			toButtonReply(choice),
			toTemplateReply(choice),
			toInteractiveReply(choice),
		]) {
			expect(readSample(reply)).toMatchObject({
				type: 'button_reply',
				text: 'Yes',
				details: { selection: { id: 'b1', title: 'Yes' } },
			});
		}
		expect(readSample(toListReply(choice))).toMatchObject({
			type: 'list_reply',
			details: { selection: { id: 'b1', title: 'Yes' } },
		});
		const broken = { nativeFlowResponseMessage: { paramsJson: '{broken' } };
		expect(readSample({ interactiveResponseMessage: broken })).toMatchObject({
			type: 'button_reply',
			details: { selection: { id: null, title: null } },
		});
	});

	test('messages of businesses are the text and file one reads on the phone', () => {
		const rows = { hydratedTitleText: 'Your code', hydratedContentText: '123456' };
		for (const templateMessage of [{ hydratedTemplate: rows }, { hydratedFourRowTemplate: rows }]) {
			expect(readSample({ templateMessage })).toMatchObject({
				type: 'text',
				text: 'Your code\n123456',
			});
		}
		const buttonsMessage = { contentText: 'Choose', imageMessage: file };
		expect(readSample({ buttonsMessage })).toMatchObject({
			type: 'image',
			text: 'Choose',
			details: { media: { sha256: SHA256 } },
		});
		expect(readSample({ listMessage: { description: 'Menu' } }).text).toBe('Menu');
		expect(readSample({ interactiveMessage: { body: { text: 'Pay' } } }).text).toBe('Pay');
		expect(readSample({ interactiveMessage: {} })).toMatchObject({
			type: 'unknown',
			details: { kind: 'interactiveMessage' },
		});
	});

	test.each<[string, proto.IMessage, string]>([
		['eventMessage', { eventMessage: { name: 'Party', description: 'at nine' } }, 'Party\nat nine'],
		['productMessage', { productMessage: { product: { title: 'Shoe' } } }, 'Shoe'],
		['orderMessage', { orderMessage: { message: 'two shoes' } }, 'two shoes'],
		[
			'requestPaymentMessage',
			{ requestPaymentMessage: { noteMessage: { conversation: 'for lunch' } } },
			'for lunch',
		],
		['paymentInviteMessage', { paymentInviteMessage: {} }, ''],
		['newsletterAdminInviteMessage', { newsletterAdminInviteMessage: { caption: 'join' } }, 'join'],
		['stickerPackMessage', { stickerPackMessage: { name: 'Cats' } }, 'Cats'],
		['secretEncryptedMessage', { secretEncryptedMessage: {} }, ''],
		['encReactionMessage', { encReactionMessage: {} }, ''],
	])('%s is reported under that name, with its words', (kind, content, text) => {
		expect(readSample(content)).toMatchObject({
			type: 'unknown',
			text,
			details: { kind },
			isForReceivers: true,
		});
	});

	test('a talk with Meta AI is nobody told of, whoever writes in it', () => {
		const remoteJid = '13135550002@bot';
		for (const fromMe of [true, false]) {
			expect(readSample({ conversation: 'hi' }, { key: { remoteJid, fromMe } })).toMatchObject({
				isForReceivers: false,
			});
		}
		const participant = '867051314767696@bot';
		expect(
			readSample({ conversation: 'hi' }, { key: { remoteJid: GROUP, participant } }),
		).toMatchObject({ isForReceivers: false });
	});

	test('what WhatsApp invents after this version is reported too, without a name', () => {
		const message = readSample({ messageContextInfo: { deviceListMetadataVersion: 2 } });
		expect(message).toMatchObject({ type: 'unknown', isForReceivers: true, details: {} });
	});

	test('what nobody sees on a phone is nobody told of', () => {
		const key = { id: 'X', remoteJid: ANN_PN };
		const unseen: proto.IMessage[] = [
			{ protocolMessage: { type: Type.EPHEMERAL_SETTING, ephemeralExpiration: 86400 } },
			{ protocolMessage: { type: Type.REVOKE, key } },
			{ senderKeyDistributionMessage: { groupId: GROUP } },
			{ pinInChatMessage: { key, type: 1 } },
			{ keepInChatMessage: { key, keepType: 1 } },
			{ statusMentionMessage: { message: { protocolMessage: { key, type: 25 } } } },
			{ groupStatusMentionMessage: { message: { protocolMessage: { key, type: 25 } } } },
			{ botTaskMessage: { message: {} } },
			{ richResponseMessage: {} },
		];
		for (const content of unseen) {
			expect(readSample(content)).toMatchObject({ isForReceivers: false, content: null });
		}
	});

	test('a text that brings a key for its group is a text', () => {
		const senderKeyDistributionMessage = { groupId: GROUP };
		expect(readSample({ senderKeyDistributionMessage, conversation: 'hi' })).toMatchObject({
			type: 'text',
			isForReceivers: true,
		});
	});

	test("only this account's own devices have protocol messages worth keeping", () => {
		const content = { protocolMessage: { type: Type.APP_STATE_SYNC_KEY_SHARE } };
		expect(readSample(content, { key: { fromMe: true } }).protocol).not.toBeNull();
		expect(readSample(content).protocol).toBeNull();
	});
});
