import { proto, type WAMessage } from '@whiskeysockets/baileys';
import * as fc from 'fast-check';
import { MESSAGE_TYPES } from '../../../../contract';
import type { IncomingMessage } from '../../../../runner/messages/IncomingMessage';
import { toIncomingMessage } from '../../../../runner/whatsapp/incoming/toIncomingMessage';
import { ANN, ANN_PN, OWN } from './readSample';

const KEY = { messageId: 'MSG1', chat: ANN_PN, participant: '', isFromMe: false };
const FIELDS = Object.keys(proto.Message.fromObject({}).constructor.prototype as object).filter(
	(name) => name !== 'toJSON',
);

/** Whatever may stand in a field of a message that somebody made by hand. */
const rubbish = (): fc.Arbitrary<unknown> =>
	fc.letrec((tie) => ({
		value: fc.oneof(
			{ maxDepth: 4, withCrossShrink: true },
			fc.constantFrom(null, undefined, '', NaN, Infinity, -1, 0, true, 14),
			fc.string({ unit: 'binary' }),
			fc.uint8Array({ maxLength: 40 }),
			fc.array(tie('value'), { maxLength: 3 }),
			fc.dictionary(fc.constantFrom(...INNER), tie('value'), { maxKeys: 5 }),
		),
	})).value;

/** Names that the reading looks for, at every depth. */
const INNER = [
	...FIELDS,
	'message',
	'contextInfo',
	'quotedMessage',
	'mentionedJid',
	'stanzaId',
	'participant',
	'key',
	'id',
	'type',
	'editedMessage',
	'name',
	'options',
	'optionName',
	'vcard',
	'contacts',
	'fileSha256',
	'fileLength',
	'caption',
	'text',
	'degreesLatitude',
	'degreesLongitude',
	'pollCreationMessageKey',
	'vote',
	'encPayload',
	'encIv',
	'messageSecret',
	'messageAssociation',
	'parentMessageKey',
	'hydratedTemplate',
	'header',
	'body',
	'paramsJson',
];

function read(message: unknown, stored?: Uint8Array): IncomingMessage {
	const envelope: WAMessage = {
		key: { id: 'MSG1', remoteJid: ANN_PN, fromMe: false },
		message: message as proto.IMessage,
		messageTimestamp: 1,
	};
	return toIncomingMessage(envelope, KEY, {
		isLate: false,
		nowMs: 1,
		identities: { own: OWN, phoneOfLid: () => null, lidOfPhone: () => ANN.lid },
		contentOf: () => stored,
	});
}

/** A row SQLite takes and a body JSON can carry. */
function expectStorable(message: IncomingMessage): void {
	expect(MESSAGE_TYPES).toContain(message.type);
	expect(Number.isSafeInteger(message.sentAtMs)).toBe(true);
	expect(typeof message.text).toBe('string');
	expect(JSON.parse(JSON.stringify(message.details))).toEqual(message.details);
	expect(message.key).toEqual(KEY);
	// What could not be read is kept by name alone: that is for what protobuf would never let through.
	if (message.isForReceivers && !message.edit) expect(message.content).not.toBeNull();
}

describe('whatever a message holds', () => {
	test('it is journalled: anything in any field, as protobuf lets it through', () => {
		let messages = 0;
		const content = fc.dictionary(fc.constantFrom(...FIELDS), rubbish(), { maxKeys: 3 });
		fc.assert(
			fc.property(content, (fields) => {
				const bytes = encode(fields);
				if (!bytes) return;
				messages++;
				expectStorable(read(proto.Message.decode(bytes), bytes));
			}),
			{ numRuns: 1500 },
		);
		expect(messages).toBeGreaterThan(300);
	});

	test('it is journalled: what is no protobuf at all does not stop it either', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.constantFrom(...FIELDS), rubbish()), (content) => {
				expect(MESSAGE_TYPES).toContain(read(content).type);
			}),
			{ numRuns: 500 },
		);
	});

	test('it is journalled: bytes that happen to be a message', () => {
		const valid = proto.Message.encode({
			ephemeralMessage: {
				message: {
					imageMessage: {
						caption: 'c',
						fileSha256: Buffer.alloc(32),
						contextInfo: { stanzaId: 'q' },
					},
				},
			},
			messageContextInfo: { messageSecret: Buffer.alloc(32) },
		}).finish();
		const damaged = fc
			.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
			.map((changes) => {
				const bytes = Uint8Array.from(valid);
				for (const [at, value] of changes) bytes[at] = value;
				return bytes;
			});
		fc.assert(
			fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 60 })), (bytes) => {
				const content = decode(bytes);
				if (content) expectStorable(read(content, bytes));
			}),
			{ numRuns: 1000 },
		);
	});

	test('wrapped deeper than any phone does it is still told', () => {
		let content: proto.IMessage = { conversation: 'deep' };
		for (let depth = 0; depth < 40; depth++) content = { ephemeralMessage: { message: content } };
		expect(read(content)).toMatchObject({
			type: 'unknown',
			isForReceivers: true,
			details: { kind: 'ephemeralMessage' },
		});
	});
});

function encode(fields: Record<string, unknown>): Uint8Array | undefined {
	try {
		return proto.Message.encode(proto.Message.fromObject(fields)).finish();
	} catch {
		// Not even this side could send it.
		return undefined;
	}
}

function decode(bytes: Uint8Array): proto.Message | undefined {
	try {
		return proto.Message.decode(bytes);
	} catch {
		// Baileys refuses it before it comes here.
		return undefined;
	}
}
