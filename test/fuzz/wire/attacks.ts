import { deflateSync } from 'node:zlib';
import { encodeBinaryNode, proto, type BinaryNode } from '@whiskeysockets/baileys';
import fc from 'fast-check';
import { anyBytes, damaged } from '../arbitraries/bytes';
import type { Attack } from './Attack';
import { attributes, nodes } from './stanzas';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const SOUND_NODES = (
	[
		{ tag: 'receipt', attrs: { id: 'A', from: '15550002222@s.whatsapp.net', t: '1' } },
		{ tag: 'iq', attrs: { id: 'A', type: 'result', from: '@s.whatsapp.net' } },
		{ tag: 'ib', attrs: {}, content: [{ tag: 'offline', attrs: { count: '0' } }] },
	] as BinaryNode[]
).map((node) => new Uint8Array(encodeBinaryNode(node)));

const FLAG_COMPRESSED = 2;

/** What looks like a stanza until it is read. */
const plaintexts = fc.oneof(
	damaged(fc.constantFrom(...SOUND_NODES)),
	anyBytes,
	fc.constant(Buffer.alloc(0)),
	anyBytes.map((bytes) => Buffer.concat([Buffer.from([FLAG_COMPRESSED]), bytes])),
	anyBytes.map((bytes) => Buffer.concat([Buffer.from([FLAG_COMPRESSED]), deflateSync(bytes)])),
	// Lists within lists within lists.
	fc.integer({ min: 1, max: 5_000 }).map((depth) => Buffer.alloc(depth * 2, Buffer.from([248, 3]))),
	fc.constant(Buffer.concat([Buffer.from([2]), deflateSync(Buffer.alloc(4_000_000))])),
);

/** Bytes beside all framing: ends of frames without a beginning, lengths that nothing follows. */
const rawBytes = fc.oneof(
	anyBytes,
	fc
		.constantFrom([0xff, 0xff, 0xff], [0, 0, 0], [0], [0, 0], [0, 0, 5, 1], [])
		.map((bytes) => Buffer.from(bytes)),
);

const key = { remoteJid: '15550002222@s.whatsapp.net', fromMe: false, id: 'A' };

/** Messages that say odd things in sound protobuf; none names a file, as it would be looked for. */
const MESSAGES: proto.IMessage[] = [
	{},
	{ conversation: '' },
	{
		extendedTextMessage: {
			text: 'x',
			contextInfo: { quotedMessage: {}, stanzaId: '', participant: '@' },
		},
	},
	{ reactionMessage: {} },
	{ reactionMessage: { key: {}, text: '\u0000' } },
	{ protocolMessage: {} },
	{ protocolMessage: { type: proto.Message.ProtocolMessage.Type.REVOKE, key } },
	{
		protocolMessage: {
			type: proto.Message.ProtocolMessage.Type.MESSAGE_EDIT,
			key,
			editedMessage: {},
		},
	},
	{ protocolMessage: { type: proto.Message.ProtocolMessage.Type.EPHEMERAL_SETTING } },
	{ protocolMessage: { type: proto.Message.ProtocolMessage.Type.APP_STATE_SYNC_KEY_SHARE } },
	{ protocolMessage: { type: proto.Message.ProtocolMessage.Type.LID_MIGRATION_MAPPING_SYNC } },
	{ protocolMessage: { type: 99 as proto.Message.ProtocolMessage.Type } },
	{ senderKeyDistributionMessage: {} },
	{
		senderKeyDistributionMessage: {
			groupId: '@g.us',
			axolotlSenderKeyDistributionMessage: Buffer.from([51, 1, 2]),
		},
	},
	{
		pollUpdateMessage: {
			pollCreationMessageKey: key,
			vote: { encPayload: Buffer.alloc(3), encIv: Buffer.alloc(3) },
		},
	},
	{ pollCreationMessageV3: { name: '', options: [{}] } },
	{ deviceSentMessage: { destinationJid: 'nowhere', message: { conversation: 'x' } } },
	{ viewOnceMessageV2: { message: { viewOnceMessageV2: { message: {} } } } },
	{ ephemeralMessage: { message: { ephemeralMessage: {} } } },
	{ documentWithCaptionMessage: {} },
	{ locationMessage: { degreesLatitude: NaN, degreesLongitude: Infinity } },
	{ contactMessage: { vcard: 'BEGIN:VCARD' } },
	{ contactsArrayMessage: { contacts: [{}, {}] } },
	{
		imageMessage: {
			mediaKey: Buffer.alloc(1),
			fileLength: 2 ** 53,
			jpegThumbnail: Buffer.from('x'),
		},
	},
	{ stickerMessage: {} },
	{ audioMessage: { ptt: true, seconds: 4_294_967_295, waveform: Buffer.alloc(0) } },
	{ groupInviteMessage: { groupJid: 'x', inviteCode: '' } },
	{ eventMessage: { startTime: -1 } },
	{ call: { callKey: Buffer.alloc(2) } },
	{ messageContextInfo: { messageSecret: Buffer.alloc(1) } },
];

const contents = fc.oneof(
	fc.constantFrom(...MESSAGES).map((message) => proto.Message.encode(message).finish()),
	damaged(fc.constantFrom(...MESSAGES.map((message) => proto.Message.encode(message).finish()))),
	anyBytes,
);

/** With the padding that WhatsApp has, or another. */
const padded = fc
	.tuple(contents, fc.constantFrom<Array<number | null>>(1, 16, 7, 1, 2, null, 0, 255))
	.map(([bytes, padding]) =>
		padding === null
			? Buffer.from(bytes)
			: Buffer.concat([bytes, Buffer.alloc(Math.min(padding, 16) || 1, padding)]),
	);

const bent = fc
	.tuple(
		attributes,
		fc.subarray(['id', 'from', 'participant', 't', 'type', 'notify'], { maxLength: 2 }),
	)
	.map(([changed, removed]) => ({
		...changed,
		...Object.fromEntries(removed.map((name) => [name, null])),
	}));

/** Everything a server, or whoever has got between, could send. */
export const attacks: fc.Arbitrary<Attack> = fc.oneof(
	{ weight: 8, arbitrary: fc.record({ kind: fc.constant('node' as const), node: nodes }) },
	{ weight: 4, arbitrary: fc.record({ kind: fc.constant('bentMessage' as const), attrs: bent }) },
	{
		weight: 6,
		arbitrary: fc.record({
			kind: fc.constant('content' as const),
			bytes: padded.map(text),
			inGroup: fc.nat(4).map((n) => n === 0),
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({ kind: fc.constant('plaintext' as const), bytes: plaintexts.map(text) }),
	},
	{
		weight: 1,
		arbitrary: fc.record({ kind: fc.constant('frame' as const), bytes: anyBytes.map(text) }),
	},
	{
		weight: 1,
		arbitrary: fc.record({ kind: fc.constant('raw' as const), bytes: rawBytes.map(text) }),
	},
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('text' as const), text: fc.string() }) },
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('hello' as const),
			bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }).map(text),
			at: fc.nat(300),
		}),
	},
);
