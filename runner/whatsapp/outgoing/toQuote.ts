import {
	jidNormalizedUser,
	normalizeMessageContent,
	getContentType,
	proto,
} from '@whiskeysockets/baileys';
import type { JournalKey } from '../../messages/JournalKey';
import type { StoredMessage } from '../../messages/StoredMessage';

/** This account under both of its identities, without device. */
export interface OwnIdentity {
	id: string;
	lid?: string;
}

/** The part of a message to `jid` that shows what it answers. */
export function toQuote(quoted: StoredMessage, me: OwnIdentity, jid: string): proto.IContextInfo {
	const { chat, messageId } = quoted.key;
	return {
		stanzaId: messageId,
		participant: toAuthor(quoted.key, me),
		// An answer in private to what was said in a group.
		...(chat.endsWith('@g.us') && chat !== jid ? { remoteJid: chat } : {}),
		quotedMessage: toQuotedContent(quoted),
	};
}

/** Adds context to whatever part of a message carries it; a plain text becomes one that can. */
export function addContextInfo(message: proto.IMessage, contextInfo: proto.IContextInfo): void {
	if (Object.keys(contextInfo).length === 0) return;
	const content = normalizeMessageContent(message);
	const kind = getContentType(content ?? undefined);
	const part = kind && content?.[kind];
	if (typeof part !== 'object' || part === null) return;
	const carrier = part as { contextInfo?: proto.IContextInfo | null };
	carrier.contextInfo = { ...carrier.contextInfo, ...contextInfo };
}

/** Who wrote it, as this chat names people. */
function toAuthor({ chat, participant, isFromMe }: JournalKey, me: OwnIdentity): string {
	if (participant) return participant;
	if (!isFromMe) return chat;
	const isByLid = chat.endsWith('@lid') || chat.endsWith('@g.us');
	return jidNormalizedUser(isByLid ? (me.lid ?? me.id) : me.id);
}

/** A quote shows the message itself, not what that one quoted in turn, nor its file's thumbnail twice. */
function toQuotedContent({ content, text }: StoredMessage): proto.IMessage {
	if (!content) return { conversation: text };
	const message = normalizeMessageContent(proto.Message.decode(content));
	const kind = getContentType(message ?? undefined);
	const part = kind && message?.[kind];
	if (!kind || part === null || part === undefined) return { conversation: '' };
	if (typeof part === 'object') delete (part as { contextInfo?: unknown }).contextInfo;
	return { [kind]: part };
}
