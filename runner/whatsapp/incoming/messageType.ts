import type { proto } from '@whiskeysockets/baileys';
import type { MessageType } from '../../../contract';
import type { ContentKind } from './contentKind';

const TYPES: Partial<Record<ContentKind, MessageType>> = {
	conversation: 'text',
	extendedTextMessage: 'text',
	groupInviteMessage: 'text',
	imageMessage: 'image',
	videoMessage: 'video',
	ptvMessage: 'video',
	audioMessage: 'audio',
	documentMessage: 'document',
	stickerMessage: 'sticker',
	locationMessage: 'location',
	liveLocationMessage: 'location',
	contactMessage: 'contact',
	contactsArrayMessage: 'contact',
	pollCreationMessage: 'poll',
	pollCreationMessageV2: 'poll',
	pollCreationMessageV3: 'poll',
	pollCreationMessageV5: 'poll',
	pollUpdateMessage: 'poll_vote',
	reactionMessage: 'reaction',
	buttonsResponseMessage: 'button_reply',
	templateButtonReplyMessage: 'button_reply',
	interactiveResponseMessage: 'button_reply',
	listResponseMessage: 'list_reply',
	albumMessage: 'album',
};

/** What a message is in the words of the contract. */
export function messageType(content: proto.IMessage, kind: ContentKind | undefined): MessageType {
	if (kind === 'audioMessage' && content.audioMessage?.ptt) return 'voice';
	return (kind && TYPES[kind]) ?? 'unknown';
}
