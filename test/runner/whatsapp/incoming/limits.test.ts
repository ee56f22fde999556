import { proto } from '@whiskeysockets/baileys';
import type { IncomingMessage } from '../../../../runner/messages/IncomingMessage';
import { MAX_CHARACTERS, MAX_CONTENT_BYTES } from '../../../../runner/limits/limits';
import { ANN_PN, readSample } from './readSample';

const long = (length: number) => 'x'.repeat(length);
const jids = (count: number) =>
	Array.from({ length: count }, (_, index) => `${15550010000 + index}@s.whatsapp.net`);

interface Case {
	what: string;
	/** A content with something of that length, or so many of it. */
	content: (length: number) => proto.IMessage;
	/** What is told of it: a text or a list. */
	told: (message: IncomingMessage) => ArrayLike<unknown> | null | undefined;
	limit: number;
}

const CASES: Case[] = [
	{
		what: 'a text',
		content: (length) => ({ conversation: long(length) }),
		told: ({ text }) => text,
		limit: 65_536,
	},
	{
		what: 'a caption',
		content: (length) => ({
			imageMessage: { fileSha256: Buffer.alloc(32), caption: long(length) },
		}),
		told: ({ details }) => details.media?.caption,
		limit: 65_536,
	},
	{
		what: 'the question of a poll',
		content: (length) => ({ pollCreationMessage: { name: long(length), options: [] } }),
		told: ({ details }) => details.poll?.question,
		limit: 65_536,
	},
	{
		what: 'the options of a poll',
		content: (length) => ({
			pollCreationMessage: {
				options: Array.from({ length }, (_, at) => ({ optionName: String(at) })),
			},
		}),
		told: ({ details }) => details.poll?.options,
		limit: 64,
	},
	{
		what: 'an option of a poll',
		content: (length) => ({ pollCreationMessage: { options: [{ optionName: long(length) }] } }),
		told: ({ details }) => details.poll?.options[0],
		limit: 1024,
	},
	{
		what: 'a text that is quoted',
		content: (length) => ({
			extendedTextMessage: {
				text: 'a',
				contextInfo: { stanzaId: 'Q', quotedMessage: { conversation: long(length) } },
			},
		}),
		told: ({ details }) => details.quoted?.text,
		limit: 4096,
	},
	{
		what: 'the id of what is quoted',
		content: (length) => ({
			extendedTextMessage: { text: 'a', contextInfo: { stanzaId: long(length) } },
		}),
		told: ({ details }) => details.quoted?.messageId,
		limit: 256,
	},
	...Object.entries({
		sourceId: 256,
		sourceType: 256,
		sourceUrl: 4096,
		sourceApp: 256,
		title: 1024,
		body: 4096,
		ctwaClid: 1024,
	}).map(([field, limit]) => ({
		what: `the ${field} of an advertisement`,
		content: (length: number) => ({
			extendedTextMessage: {
				text: 'a',
				contextInfo: { externalAdReply: { [field]: long(length) } },
			},
		}),
		told: ({ details }: IncomingMessage) => details.advertisement?.[field as 'title'],
		limit,
	})),
	...Object.entries({ conversionSource: 256, entryPointConversionSource: 1024 }).map(
		([field, limit]) => ({
			what: field,
			content: (length: number) => ({
				extendedTextMessage: { text: 'a', contextInfo: { [field]: long(length) } },
			}),
			told: ({ details }: IncomingMessage) =>
				field === 'conversionSource' ? details.advertisement?.conversionSource : details.entryPoint,
			limit,
		}),
	),
	{
		what: 'mentions',
		content: (length) => ({
			extendedTextMessage: { text: 'a', contextInfo: { mentionedJid: jids(length) } },
		}),
		told: ({ details }) => details.mentions,
		limit: 1024,
	},
	{
		what: 'the title of a link',
		content: (length) => ({ extendedTextMessage: { text: 'a', title: long(length) } }),
		told: ({ linkPreview }) => linkPreview.title,
		limit: 1024,
	},
	{
		what: 'a link',
		content: (length) => ({ extendedTextMessage: { text: 'a', matchedText: long(length) } }),
		told: ({ linkPreview }) => linkPreview.url,
		limit: 4096,
	},
	{
		what: 'an invite code',
		content: (length) => ({ groupInviteMessage: { inviteCode: long(length) } }),
		told: ({ groupInvite }) => groupInvite,
		limit: 1024,
	},
	{
		what: 'the name of a place',
		content: (length) => ({
			locationMessage: { degreesLatitude: 1, degreesLongitude: 2, name: long(length) },
		}),
		told: ({ details }) => details.location?.name,
		limit: 1024,
	},
	{
		what: 'an address',
		content: (length) => ({
			locationMessage: { degreesLatitude: 1, degreesLongitude: 2, address: long(length) },
		}),
		told: ({ details }) => details.location?.address,
		limit: 1024,
	},
	{
		what: 'contacts',
		content: (length) => ({
			contactsArrayMessage: { contacts: Array.from({ length }, () => ({ vcard: 'FN:A' })) },
		}),
		told: ({ details }) => details.contacts,
		limit: 100,
	},
	{
		what: 'a contact card',
		content: (length) => ({ contactMessage: { displayName: 'A', vcard: long(length) } }),
		told: ({ details }) => details.contacts?.[0]?.vcard,
		limit: 65_536,
	},
	{
		what: 'the name of a contact',
		content: (length) => ({ contactMessage: { displayName: long(length) } }),
		told: ({ details }) => details.contacts?.[0]?.name,
		limit: 1024,
	},
	{
		what: 'the numbers of a contact',
		content: (length) => ({
			contactMessage: {
				vcard: Array.from({ length }, (_, at) => `TEL:${15550010000 + at}`).join('\n'),
			},
		}),
		told: ({ details }) => details.contacts?.[0]?.phones,
		limit: 64,
	},
	{
		what: 'a reaction',
		content: (length) => ({ reactionMessage: { key: { id: 'M' }, text: long(length) } }),
		told: ({ details }) => details.reaction?.emoji,
		limit: 1024,
	},
	{
		what: 'the id of a choice',
		content: (length) => ({ buttonsResponseMessage: { selectedButtonId: long(length) } }),
		told: ({ details }) => details.selection?.id,
		limit: 4096,
	},
	{
		what: 'the title of a choice',
		content: (length) => ({ listResponseMessage: { title: long(length) } }),
		told: ({ details }) => details.selection?.title,
		limit: 65_536,
	},
	{
		what: 'the text of a message with buttons',
		content: (length) => ({ buttonsMessage: { contentText: long(length) } }),
		told: ({ text }) => text,
		limit: 65_536,
	},
	{
		what: 'the poll of a vote',
		content: (length) => ({ pollUpdateMessage: { pollCreationMessageKey: { id: long(length) } } }),
		told: ({ details }) => details.pollVote?.messageId,
		limit: 256,
	},
];

describe('what a contact sends is cut where it is read, and marked', () => {
	test.each(CASES)('$what: at $limit', ({ content, told, limit }) => {
		const whole = readSample(content(limit));
		expect(told(whole)).toHaveLength(limit);
		expect(whole.details.truncated).toBeUndefined();
		const cut = readSample(content(limit + 1));
		expect(told(cut)).toHaveLength(limit);
		expect(cut.details.truncated).toBe(true);
	});

	test('the name its sender goes by', () => {
		const { sender, details } = readSample(
			{ conversation: 'a' },
			{ envelope: { pushName: long(1_000_000) } },
		);
		expect(sender.name).toHaveLength(1024);
		expect(details.truncated).toBe(true);
	});

	test('an edit', () => {
		const edit = {
			protocolMessage: {
				type: proto.Message.ProtocolMessage.Type.MESSAGE_EDIT,
				key: { id: 'M', remoteJid: ANN_PN },
				editedMessage: { conversation: long(8_000_000) },
			},
		};
		const stored = { M: { conversation: 'before' } };
		for (const { text, details, edit: told } of [readSample(edit, { stored }), readSample(edit)]) {
			expect(text).toHaveLength(65_536);
			expect(details.truncated).toBe(true);
			expect(told?.content?.length ?? 0).toBeLessThanOrEqual(MAX_CONTENT_BYTES);
		}
	});

	test('what is cut away is not looked at: of 100,000 mentions, 1,024 are looked up', () => {
		const lookUp = jest.fn(() => null);
		const contextInfo = {
			mentionedJid: Array.from({ length: 100_000 }, (_, at) => `${900_000 + at}@lid`),
		};
		readSample({ extendedTextMessage: { text: 'a', contextInfo } }, { phoneOfLid: lookUp });
		expect(lookUp.mock.calls.length).toBeLessThan(1100);
	});

	test('all texts of a message together', () => {
		const contacts = Array.from({ length: 100 }, () => ({ displayName: 'A', vcard: long(60_000) }));
		const { details } = readSample({ contactsArrayMessage: { contacts } });
		expect(details.contacts).toHaveLength(100);
		expect(JSON.stringify(details).length).toBeLessThan(MAX_CHARACTERS + 10_000);
		expect(details.truncated).toBe(true);
	});

	test('no character is cut in halves, and lone halves are replaced', () => {
		const { text } = readSample({ conversation: `${long(65_535)}😀` });
		expect(text).toBe(long(65_535));
		const { details } = readSample({
			locationMessage: { degreesLatitude: 1, degreesLongitude: 2, name: `${long(1023)}😀` },
		});
		expect(details.location?.name).toBe(long(1023));
	});
});

describe('what is kept of a message', () => {
	test('is all of it up to 1 MB', () => {
		const { content } = readSample({ conversation: long(1_000_000) });
		expect(proto.Message.decode(content!).conversation).toHaveLength(1_000_000);
	});

	test('is the beginning of its texts beyond, and what leads to its file', () => {
		const imageMessage = {
			caption: long(8_000_000),
			fileSha256: Buffer.alloc(32, 1),
			mediaKey: Buffer.alloc(32, 2),
			directPath: '/a',
			fileLength: 5,
			mediaKeyTimestamp: 1_700_000_000,
		};
		const { content, text } = readSample({ imageMessage });
		expect(content!.length).toBeLessThan(MAX_CONTENT_BYTES);
		expect(text).toHaveLength(65_536);
		const kept = proto.Message.decode(content!).imageMessage!;
		expect(kept).toMatchObject({ directPath: '/a', caption: long(4096) });
		expect(Buffer.from(kept.mediaKey!)).toEqual(imageMessage.mediaKey);
		expect(Buffer.from(kept.fileSha256!)).toEqual(imageMessage.fileSha256);
		expect([Number(kept.fileLength), Number(kept.mediaKeyTimestamp)]).toEqual([5, 1_700_000_000]);
	});

	test('is nothing when its bytes alone are too many; it is told all the same', () => {
		const read = readSample({
			imageMessage: { caption: 'a', jpegThumbnail: Buffer.alloc(2_000_000) },
		});
		expect(read).toMatchObject({ content: null, text: 'a', isForReceivers: true, type: 'image' });
	});
});
