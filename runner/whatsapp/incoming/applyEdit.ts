import { proto } from '@whiskeysockets/baileys';
import { readContextInfo } from './readContextInfo';
import { readText } from './readText';
import { unwrapContent } from './unwrapContent';

/**
 * What a stored message is after an edit: files stay what they were and get another caption, texts are
 * replaced and keep what they answer. The secret that votes and reactions are sealed with remains.
 */
export function applyEdit(stored: Uint8Array, edited: proto.IMessage): proto.IMessage {
	const before = proto.Message.decode(stored);
	const { content, kind } = unwrapContent(before);
	const after = unwrapContent(edited);
	const text = readText(after.content);
	const { imageMessage, videoMessage, ptvMessage, documentMessage } = content;
	const captioned = imageMessage ?? videoMessage ?? ptvMessage ?? documentMessage;
	if (captioned) {
		captioned.caption = text;
		return before;
	}
	const contextInfo = {
		...readContextInfo(content, kind),
		mentionedJid: [],
		...readContextInfo(after.content, after.kind),
	};
	return {
		extendedTextMessage: { ...after.content.extendedTextMessage, text, contextInfo },
		messageContextInfo: before.messageContextInfo ?? null,
	};
}
