import { proto } from '@whiskeysockets/baileys';
import { addContextInfo } from './toQuote';

/**
 * A serialised message that disappears when the others of its chat do; phones say of one that does not
 * that it will stay (Baileys #1687). The same bytes when it does so already, or is of a kind that cannot.
 */
export function withTimer(content: Uint8Array, seconds: number): Uint8Array {
	if (seconds === 0) return content;
	const message = proto.Message.decode(content);
	addContextInfo(message, { expiration: seconds });
	const timed = proto.Message.encode(message).finish();
	return Buffer.compare(timed, content) === 0 ? content : timed;
}
