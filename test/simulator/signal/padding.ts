import { randomInt } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';

const MAX_PADDING_BYTES = 16;

/** A message as WhatsApp encrypts it: protobuf plus 1 to 16 bytes that each hold their number. */
export function toPaddedMessage(message: proto.IMessage): Buffer {
	const padding = randomInt(1, MAX_PADDING_BYTES + 1);
	const encoded = proto.Message.encode(message).finish();
	return Buffer.concat([encoded, Buffer.alloc(padding, padding)]);
}

/** Reverses `toPaddedMessage`. */
export function fromPaddedMessage(padded: Uint8Array): proto.Message {
	const padding = padded[padded.length - 1] ?? 0;
	if (padding < 1 || padding > MAX_PADDING_BYTES || padding > padded.length) {
		throw new Error('the decrypted message has no valid padding');
	}
	return proto.Message.decode(padded.subarray(0, padded.length - padding));
}
