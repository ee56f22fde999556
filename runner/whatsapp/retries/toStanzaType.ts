import { normalizeMessageContent, type proto } from '@whiskeysockets/baileys';

const MEDIA = [
	'imageMessage',
	'videoMessage',
	'audioMessage',
	'documentMessage',
	'stickerMessage',
	'contactMessage',
	'contactsArrayMessage',
	'liveLocationMessage',
	'groupInviteMessage',
] as const;

/** What the server is told that a message is, as Baileys tells it when it sends one for the first time. */
export function toStanzaType(message: proto.IMessage): string {
	const content = normalizeMessageContent(message) ?? {};
	if (content.reactionMessage) return 'reaction';
	if (
		content.pollCreationMessage ??
		content.pollCreationMessageV2 ??
		content.pollCreationMessageV3 ??
		content.pollUpdateMessage
	) {
		return 'poll';
	}
	if (content.eventMessage) return 'event';
	return MEDIA.some((kind) => content[kind]) ? 'media' : 'text';
}
