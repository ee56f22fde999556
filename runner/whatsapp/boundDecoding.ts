import { proto } from '@whiskeysockets/baileys';
import { requireAsBaileys } from './libsignal';

type Source = Parameters<typeof proto.Message.decode>[0];
/** Tags, lengths and the numbers of lists are read with its `uint32`. */
type Reader = Exclude<Source, Uint8Array>;
interface Decodable<T> {
	decode(source: Source): T;
}

/** Tags, lengths and listed numbers of a message: 100,000 mentions have 200,000, and no phone sends so many. */
const MAX_READS = 250_000;

// Only Baileys' own readers are read on by its decoders.
const { Reader } = requireAsBaileys('protobufjs/minimal.js') as {
	Reader: { create(bytes: Uint8Array): Reader };
};

class TooManyFieldsError extends Error {}

let isBound = false;

/**
 * Makes Baileys read a message of too many fields as an empty one. A contact can send millions of empty
 * sub-messages of two bytes each, and protobufjs makes an object of some hundred bytes of every one: the
 * process would run out of memory, again after each restart, as the message was never receipted.
 */
export function boundDecoding(): void {
	if (isBound) return;
	isBound = true;
	const decode = proto.Message.decode.bind(proto.Message);
	proto.Message.decode = (source, length) => {
		// Messages within messages go on with the reader of the outermost.
		if (!(source instanceof Uint8Array)) return decode(source, length);
		try {
			return decodeBounded({ decode }, source);
		} catch (error) {
			if (error instanceof TooManyFieldsError) return new proto.Message();
			throw error;
		}
	};
}

/** Decodes what a contact has sent; throws when it has too many fields. */
export function decodeBounded<T>(type: Decodable<T>, bytes: Uint8Array): T {
	// None is shorter than a byte.
	if (bytes.length <= MAX_READS) return type.decode(bytes);
	const reader = Reader.create(bytes);
	const uint32 = reader.uint32.bind(reader);
	let reads = 0;
	reader.uint32 = () => {
		if (++reads > MAX_READS) throw new TooManyFieldsError('The message has too many fields');
		return uint32();
	};
	return type.decode(reader);
}
