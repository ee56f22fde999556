import {
	extractMessageContent,
	getContentType,
	isJidBroadcast,
	isJidGroup,
	isJidNewsletter,
	isLidUser,
	isPnUser,
	jidNormalizedUser,
	proto,
	type WAMessage,
} from '@whiskeysockets/baileys';
import { toNumber, type MessageType, type QuotedReference } from '../../contract';
import type { IncomingMessage } from '../messages/IncomingMessage';
import type { JournalKey } from '../messages/JournalKey';

/** Resolves a LID's JID to digits of its phone, when the mapping is known. */
export type PhoneOfLid = (lid: string) => string | null;

const TYPES: Partial<Record<keyof proto.IMessage, MessageType>> = {
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
	reactionMessage: 'reaction',
};

const GROUP_LINK = /https?:\/\/chat\.whatsapp\.com\/(?:invite\/)?([\w-]{10,})/;

/** Reads a decrypted message. `key` is its place in the journal, `isLate` whether it was missed offline. */
export function toIncomingMessage(
	message: WAMessage,
	key: JournalKey,
	context: { isLate: boolean; phoneOfLid: PhoneOfLid },
): IncomingMessage {
	const content = extractMessageContent(message.message) ?? {};
	const kind = getContentType(content);
	const contextInfo = readContextInfo(content, kind);
	const text = readText(content);
	const isGroup = isJidGroup(key.chat) === true;
	const sender = readSender(message, isGroup, context.phoneOfLid);
	const chatPhone = isLidUser(key.chat)
		? (phoneOf(message.key.remoteJidAlt) ?? context.phoneOfLid(key.chat))
		: null;
	return {
		key,
		type: kind === 'audioMessage' && content.audioMessage?.ptt ? 'voice' : typeOf(kind),
		text,
		sentAtMs: Number(message.messageTimestamp ?? 0) * 1000,
		sender,
		number: isGroup ? key.chat : (chatPhone ?? toNumber(key.chat)),
		isGroup,
		quoted: readQuoted(contextInfo),
		mentions: (contextInfo?.mentionedJid ?? []).map(jidNormalizedUser),
		linkPreview: {
			title: content.extendedTextMessage?.title || null,
			url: content.extendedTextMessage?.matchedText || null,
		},
		groupInvite: content.groupInviteMessage?.inviteCode || (GROUP_LINK.exec(text)?.[0] ?? null),
		isForReceivers: isForReceivers(key.chat, kind),
		isLate: context.isLate,
		protocol: isOwnProtocol(message) ? proto.WebMessageInfo.encode(message).finish() : null,
	};
}

/** Status posts and channels are not conversations; protocol messages are no content. */
function isForReceivers(chat: string, kind: keyof proto.IMessage | undefined): boolean {
	if (isJidBroadcast(chat) || isJidNewsletter(chat)) return false;
	return kind !== undefined && kind !== 'protocolMessage';
}

/** Whether it is of a kind that only the account's own devices send one another. */
function isOwnProtocol(message: WAMessage): boolean {
	const type = message.message?.protocolMessage?.type;
	const { Type } = proto.Message.ProtocolMessage;
	return (
		message.key.fromMe === true &&
		(type === Type.HISTORY_SYNC_NOTIFICATION ||
			type === Type.APP_STATE_SYNC_KEY_SHARE ||
			type === Type.LID_MIGRATION_MAPPING_SYNC)
	);
}

function typeOf(kind: keyof proto.IMessage | undefined): MessageType {
	return (kind && TYPES[kind]) ?? 'unknown';
}

function readText(content: proto.IMessage): string {
	return (
		content.conversation ||
		content.extendedTextMessage?.text ||
		content.imageMessage?.caption ||
		content.videoMessage?.caption ||
		content.documentMessage?.caption ||
		content.groupInviteMessage?.caption ||
		content.reactionMessage?.text ||
		content.pollCreationMessage?.name ||
		content.pollCreationMessageV3?.name ||
		''
	);
}

function readContextInfo(
	content: proto.IMessage,
	kind: keyof proto.IMessage | undefined,
): proto.IContextInfo | null | undefined {
	const part = kind ? content[kind] : undefined;
	return typeof part === 'object' && part !== null && 'contextInfo' in part
		? part.contextInfo
		: undefined;
}

function readQuoted(contextInfo: proto.IContextInfo | null | undefined): QuotedReference | null {
	if (!contextInfo?.stanzaId) return null;
	const quoted = extractMessageContent(contextInfo.quotedMessage) ?? {};
	return {
		messageId: contextInfo.stanzaId,
		participant: contextInfo.participant ? jidNormalizedUser(contextInfo.participant) : null,
		text: readText(quoted) || null,
	};
}

function readSender(
	message: WAMessage,
	isGroup: boolean,
	phoneOfLid: PhoneOfLid,
): IncomingMessage['sender'] {
	const { key } = message;
	const jids = isGroup ? [key.participant, key.participantAlt] : [key.remoteJid, key.remoteJidAlt];
	const lid = jids.find((jid) => isLidUser(jid ?? undefined));
	const normalLid = lid ? jidNormalizedUser(lid) : null;
	return {
		phone: phoneOf(jids[0]) ?? phoneOf(jids[1]) ?? (normalLid ? phoneOfLid(normalLid) : null),
		lid: normalLid,
		name: message.pushName || null,
	};
}

function phoneOf(jid: string | null | undefined): string | null {
	return jid && isPnUser(jid) ? toNumber(jidNormalizedUser(jid)) : null;
}
