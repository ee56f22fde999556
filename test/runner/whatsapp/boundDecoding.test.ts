import { proto } from '@whiskeysockets/baileys';
import { boundDecoding, decodeBounded } from '../../../runner/whatsapp/boundDecoding';

const { Message, DeviceListMetadata } = proto;

boundDecoding();

/** A text field that is set again and again: a tag and a length each time. */
const texts = (count: number) => Buffer.alloc(3 * count, Buffer.from([0x0a, 1, 0x78]));
const within = (content: Buffer) =>
	Message.encode({ ephemeralMessage: { message: Message.decode(content) } }).finish();

test('a message of many fields is read, one of too many is empty', () => {
	expect(Message.decode(texts(124_000)).conversation).toBe('x');
	expect(Message.decode(texts(126_000)).toJSON()).toEqual({});
});

test('fields of messages within messages count too', () => {
	const inner = Buffer.concat([Buffer.from([0x0a, ...lengthOf(texts(126_000))]), texts(126_000)]);
	const outer = Buffer.concat([Buffer.from([0xc2, 0x02, ...lengthOf(inner)]), inner]);
	expect(Message.decode(outer).toJSON()).toEqual({});
	expect(Message.decode(within(Buffer.from('\n\u0001x'))).toJSON()).toEqual({
		ephemeralMessage: { message: { conversation: 'x' } },
	});
});

test('a long text is one field', () => {
	const text = 'x'.repeat(2_000_000);
	expect(Message.decode(Message.encode({ conversation: text }).finish()).conversation).toBe(text);
});

test('the numbers of a list and the options of a vote count too', () => {
	const senderKeyIndexes = Array<number>(250_001).fill(1);
	const list = DeviceListMetadata.encode({ senderKeyIndexes }).finish();
	expect(() => decodeBounded(DeviceListMetadata, list)).toThrow('too many fields');
	const vote = Message.PollVoteMessage.encode({
		selectedOptions: Array<Buffer>(126_000).fill(Buffer.alloc(0)),
	}).finish();
	expect(() => decodeBounded(Message.PollVoteMessage, vote)).toThrow('too many fields');
});

/** As protobuf writes it: seven bits a byte. */
function lengthOf({ length }: Buffer): number[] {
	const bytes: number[] = [];
	for (let left = length; ; left >>>= 7) {
		if (left < 128) return [...bytes, left];
		bytes.push((left & 127) | 128);
	}
}
