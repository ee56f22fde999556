import type { proto } from '@whiskeysockets/baileys';

/**
 * Adds to a message what it says beside its content: what it quotes, whom it mentions, that it was
 * forwarded. A plain text becomes one that can carry this; wrappers are looked into.
 */
export function addContext(
	message: proto.IMessage,
	contextInfo: proto.IContextInfo,
): proto.IMessage {
	if (Object.keys(contextInfo).length === 0) return message;
	const { conversation, ...rest } = message;
	if (conversation) return { ...rest, extendedTextMessage: { text: conversation, contextInfo } };
	const found = Object.entries(rest).find(
		([kind, content]) => kind !== 'messageContextInfo' && content,
	);
	if (!found) return message;
	const [kind, content] = found as [string, Carrier];
	const changed = content.message
		? { ...content, message: addContext(content.message, contextInfo) }
		: { ...content, contextInfo: { ...content.contextInfo, ...contextInfo } };
	return { ...message, [kind]: changed };
}

/** Any content, or a wrapper of another message. */
interface Carrier {
	readonly contextInfo?: proto.IContextInfo | null;
	readonly message?: proto.IMessage | null;
}
