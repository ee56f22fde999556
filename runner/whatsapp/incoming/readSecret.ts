import type { proto } from '@whiskeysockets/baileys';
import { unwrapContent } from './unwrapContent';

/** The secret that what concerns a message is sealed with: beside it, inside or outside of its wrappers. */
export function readSecret(message: proto.IMessage): Uint8Array | undefined {
	const outside = message.messageContextInfo?.messageSecret;
	if (outside && outside.length > 0) return outside;
	const { content } = unwrapContent(message);
	const inside = content.messageContextInfo?.messageSecret ?? content.pollCreationMessage?.encKey;
	return inside && inside.length > 0 ? inside : undefined;
}
