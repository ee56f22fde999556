import { proto } from '@whiskeysockets/baileys';
import { shorten } from '../../limits/shorten';
import { LIST_LIMITS, MAX_CONTENT_BYTES, TEXT_LIMITS } from '../../limits/limits';

/**
 * A message's content as it is kept, serialised. What is too large keeps what leads to its file and loses
 * the ends of its texts and lists; null when that is not enough.
 */
export function keepContent(content: proto.IMessage): Uint8Array | null {
	const whole = proto.Message.encode(content).finish();
	if (whole.length <= MAX_CONTENT_BYTES) return whole;
	const limits = { maxLength: TEXT_LIMITS.quoted, maxItems: LIST_LIMITS.options };
	const shortened = proto.Message.encode(shorten(content, limits)).finish();
	return shortened.length <= MAX_CONTENT_BYTES ? shortened : null;
}
