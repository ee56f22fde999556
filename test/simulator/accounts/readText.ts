import { normalizeMessageContent, type proto } from '@whiskeysockets/baileys';
import { readPoll } from '../contents/polls';

/** The text or caption of a message, the new text of an edit, "" when there is none. */
export function readText(message: proto.IMessage): string {
	const content = normalizeMessageContent(message);
	if (!content) return '';
	const edited = content.protocolMessage?.editedMessage;
	if (edited) return readText(edited);
	return (
		content.conversation ||
		content.extendedTextMessage?.text ||
		content.imageMessage?.caption ||
		content.videoMessage?.caption ||
		content.documentMessage?.caption ||
		content.liveLocationMessage?.caption ||
		content.groupInviteMessage?.caption ||
		readPoll(content)?.question ||
		content.reactionMessage?.text ||
		''
	);
}
