import { proto, type WAMessage } from '@whiskeysockets/baileys';
import type { ContentDetails } from '../../../contract';
import type { IncomingMessage } from '../../messages/IncomingMessage';
import type { JournalKey } from '../../messages/JournalKey';
import type { StoredDetails } from '../../messages/StoredDetails';
import { toAuthor, type Author } from '../../messages/whoWrote';
import { applyEdit } from './applyEdit';
import { isUnseen, messageType } from './contentKind';
import { toAuthorNamed, type Identities } from './Identities';
import { readAlbum } from './readAlbum';
import { readContacts } from './readContacts';
import { isForwarded, readContextInfo } from './readContextInfo';
import { isConversation, readFrame, type MessageFrame } from './readFrame';
import { readGroupInvite } from './readGroupInvite';
import { readLocation } from './readLocation';
import { readMedia } from './readMedia';
import { readMentions } from './readMentions';
import { readPoll } from './readPoll';
import { readPollVote } from './readPollVote';
import { readQuoted } from './readQuoted';
import { readReaction } from './readReaction';
import { readSelection } from './readSelection';
import { readText } from './readText';
import { unsealContent } from './unsealContent';
import { unwrapContent, type UnwrappedContent } from './unwrapContent';

const { Type } = proto.Message.ProtocolMessage;

/** Only this account's own devices send them to one another. */
const OWN_PROTOCOL: readonly unknown[] = [
	Type.HISTORY_SYNC_NOTIFICATION,
	Type.APP_STATE_SYNC_KEY_SHARE,
	Type.LID_MIGRATION_MAPPING_SYNC,
];

/** What it takes to read a message besides itself. */
export interface ReadContext {
	/** It was missed offline. */
	isLate: boolean;
	nowMs: number;
	identities: Identities;
	/** The serialised content of a message of this chat in the journal, of that author if one is named. */
	contentOf: (messageId: string, author?: Author) => Uint8Array | undefined;
}

type MessageContent = Omit<IncomingMessage, keyof MessageFrame>;

/** Reads a decrypted message. `key` is its place in the journal. Never throws: WhatsApp would redeliver it for ever. */
export function toIncomingMessage(
	message: WAMessage,
	key: JournalKey,
	context: ReadContext,
): IncomingMessage {
	const frame = readFrame(message, key, context);
	try {
		return { ...frame, ...readMessage(message, frame, context) };
	} catch {
		// Nobody's phone makes such a message; it is reported as what it is by name, and kept.
		return { ...frame, ...toUnreadable(message, key, context) };
	}
}

function readMessage(
	message: WAMessage,
	frame: MessageFrame,
	context: ReadContext,
): MessageContent {
	const content = message.message ?? {};
	// Who edits means a message of their own, whatever else has its id.
	const contentOf = (id: string) => context.contentOf(id, toAuthor(frame)) ?? context.contentOf(id);
	const unwrapped = unsealContent(unwrapContent(content), {
		identities: context.identities,
		sender: frame.sender,
		contentOf,
	});
	const edit = readEdit(unwrapped, frame, context);
	if (edit) return readEdited(edit, frame, context);
	const isForReceivers = isConversation(frame.key) && !isUnseen(unwrapped.content, unwrapped.kind);
	return {
		...readContent(unwrapped, frame, context),
		isForReceivers,
		content: isForReceivers ? proto.Message.encode(content).finish() : null,
		edit: null,
		protocol: isOwnProtocol(message) ? proto.WebMessageInfo.encode(message).finish() : null,
	};
}

interface ReadEdit {
	messageId: string;
	content: proto.IMessage;
	isKnown: boolean;
}

/** Another text for an earlier message, together with what that message is then. */
function readEdit(
	{ content }: UnwrappedContent,
	frame: MessageFrame,
	{ contentOf }: ReadContext,
): ReadEdit | undefined {
	const { protocolMessage } = content;
	const messageId = protocolMessage?.key?.id;
	const edited = protocolMessage?.editedMessage;
	if (protocolMessage?.type !== Type.MESSAGE_EDIT || !messageId || !edited) return undefined;
	const stored = contentOf(messageId, toAuthor(frame));
	return {
		messageId,
		content: stored ? applyEdit(stored, edited) : edited,
		isKnown: stored !== undefined,
	};
}

function readEdited(
	{ messageId, content, isKnown }: ReadEdit,
	frame: MessageFrame,
	context: ReadContext,
): MessageContent {
	return {
		...readContent(unwrapContent(content), frame, context),
		isForReceivers: isConversation(frame.key),
		content: null,
		edit: { messageId, content: isKnown ? proto.Message.encode(content).finish() : null },
		protocol: null,
	};
}

function readContent(
	unwrapped: UnwrappedContent,
	frame: MessageFrame,
	context: ReadContext,
): Pick<
	MessageContent,
	'type' | 'text' | 'details' | 'linkPreview' | 'groupInvite' | 'quotedAuthor'
> {
	const { content, kind } = unwrapped;
	const type = messageType(content, kind);
	const text = readText(content);
	return {
		type,
		text,
		details: {
			...readSurroundings(unwrapped, context),
			...readKind(unwrapped, frame, context),
			...(type === 'unknown' && kind ? { kind } : {}),
		},
		linkPreview: {
			title: content.extendedTextMessage?.title || null,
			url: content.extendedTextMessage?.matchedText || null,
		},
		groupInvite: readGroupInvite(content, text),
		...readQuotedAuthor(unwrapped, context),
	};
}

function readQuotedAuthor(
	{ content, kind, commented }: UnwrappedContent,
	{ identities }: ReadContext,
): Pick<MessageContent, 'quotedAuthor'> {
	const participant = readContextInfo(content, kind)?.participant || commented?.participant;
	return participant ? { quotedAuthor: toAuthorNamed(participant, identities) } : {};
}

/** What any kind of message can have. */
function readSurroundings(unwrapped: UnwrappedContent, context: ReadContext): StoredDetails {
	const contextInfo = readContextInfo(unwrapped.content, unwrapped.kind);
	const mentions = readMentions(contextInfo, context.identities);
	return withoutAbsent({
		quoted: readQuoted(contextInfo, unwrapped, context.identities),
		mentions: mentions.length > 0 ? mentions : undefined,
		media: readMedia(unwrapped.content),
		viewOnce: unwrapped.isViewOnce || undefined,
		forwarded: isForwarded(contextInfo) || undefined,
		late: context.isLate || undefined,
	});
}

/** What only one kind of message has. */
function readKind(
	{ content, association }: UnwrappedContent,
	{ key, sender }: MessageFrame,
	{ identities, contentOf }: ReadContext,
): ContentDetails {
	return withoutAbsent({
		location: readLocation(content),
		contacts: readContacts(content),
		poll: readPoll(content),
		pollVote: readPollVote(content, { voter: sender, identities, contentOf }),
		reaction: readReaction(content),
		selection: readSelection(content),
		album: readAlbum(content, association, key.messageId),
	});
}

function toUnreadable(message: WAMessage, key: JournalKey, context: ReadContext): MessageContent {
	const kind = Object.keys(message.message ?? {})[0];
	return {
		type: 'unknown',
		text: '',
		details: { ...(kind ? { kind } : {}), ...(context.isLate ? { late: true } : {}) },
		linkPreview: { title: null, url: null },
		groupInvite: null,
		isForReceivers: isConversation(key),
		content: null,
		edit: null,
		protocol: null,
	};
}

function isOwnProtocol({ key, message }: WAMessage): boolean {
	return key.fromMe === true && OWN_PROTOCOL.includes(message?.protocolMessage?.type);
}

/** The same without keys that have no value: they would only make the row longer. */
function withoutAbsent<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
