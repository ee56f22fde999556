import { proto, type WAMessage } from '@whiskeysockets/baileys';
import type { IncomingMessage } from '../../messages/IncomingMessage';
import type { JournalKey } from '../../messages/JournalKey';
import { toAuthor } from '../../messages/whoWrote';
import { applyEdit } from './applyEdit';
import { Clipper } from './Clipper';
import { isUnseen } from './contentKind';
import { keepContent } from './keepContent';
import type { ClippedContext, ReadContext } from './ReadContext';
import { readContent } from './readContent';
import { isConversation, readFrame, type MessageFrame } from './readFrame';
import { unsealContent } from './unsealContent';
import { unwrapContent, type UnwrappedContent } from './unwrapContent';

const { Type } = proto.Message.ProtocolMessage;

/** Only this account's own devices send them to one another. */
const OWN_PROTOCOL: readonly unknown[] = [
	Type.HISTORY_SYNC_NOTIFICATION,
	Type.APP_STATE_SYNC_KEY_SHARE,
	Type.LID_MIGRATION_MAPPING_SYNC,
];

type MessageContent = Omit<IncomingMessage, keyof MessageFrame>;

/** Reads a decrypted message. `key` is its place in the journal. Never throws: WhatsApp would redeliver it for ever. */
export function toIncomingMessage(
	message: WAMessage,
	key: JournalKey,
	context: ReadContext,
): IncomingMessage {
	const clipper = new Clipper();
	const frame = readFrame(message, key, { ...context, clipper });
	const read = readOrName(message, frame, { ...context, clipper });
	const details = clipper.hasCut ? { ...read.details, truncated: true as const } : read.details;
	return { ...frame, ...read, details };
}

function readOrName(
	message: WAMessage,
	frame: MessageFrame,
	context: ClippedContext,
): MessageContent {
	try {
		return readMessage(message, frame, context);
	} catch {
		// Nobody's phone makes such a message; it is reported as what it is by name, and kept.
		return toUnreadable(message, frame.key, context);
	}
}

function readMessage(
	message: WAMessage,
	frame: MessageFrame,
	context: ClippedContext,
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
		content: isForReceivers ? keepContent(content) : null,
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
	context: ClippedContext,
): MessageContent {
	return {
		...readContent(unwrapContent(content), frame, context),
		isForReceivers: isConversation(frame.key),
		content: null,
		edit: { messageId, content: isKnown ? keepContent(content) : null },
		protocol: null,
	};
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
