import { randomBytes } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';
import { toNumber, type ContentDetails } from '../../../contract';
import type { Draft } from '../../messages/Draft';
import type { PreparedMessage } from '../../messages/Outgoing';
import type { StoredMessage } from '../../messages/StoredMessage';
import { toContactContent } from './toContactContent';
import { toForwardedContent } from './toForwardedContent';
import { toMediaContent } from './toMediaContent';
import { toMessageKey } from './toMessageKey';
import { addContextInfo, toQuote, type OwnIdentity } from './toQuote';

/** What a message carries besides its content. */
export interface DraftContext {
	/** Where it goes. */
	jid: string;
	/** Asked only by what names this account. */
	me: () => OwnIdentity;
	quoted?: StoredMessage;
	/** JIDs of who is named with @, or everybody in the group. */
	mentions: string[] | 'all';
}

type Prepared = Omit<PreparedMessage, 'content'> & { message: proto.IMessage };

/** A draft in WhatsApp's format. Throws for stored messages whose content is not kept: ask before. */
export function toContent(draft: Draft, context: DraftContext): PreparedMessage {
	const { message, details, ...prepared } = toMessage(draft, context);
	const { jid, quoted, mentions, me } = context;
	addContextInfo(message, {
		...(quoted ? toQuote(quoted, me(), jid) : {}),
		...toMentions(mentions),
	});
	return {
		...prepared,
		details: {
			...details,
			...(quoted ? { quoted: toQuotedReference(quoted) } : {}),
			...(Array.isArray(mentions) && mentions.length > 0
				? { mentions: mentions.map(toNumber) }
				: {}),
		},
		content: proto.Message.encode(message).finish(),
	};
}

/** WhatsApp's mark for everybody; who that is, is filled in when it leaves. */
function toMentions(mentions: DraftContext['mentions']): proto.IContextInfo {
	if (mentions === 'all') return { nonJidMentions: 1 };
	return mentions.length > 0 ? { mentionedJid: mentions } : {};
}

function toMessage(draft: Draft, { me }: DraftContext): Prepared {
	switch (draft.kind) {
		case 'text':
			return toText(draft);
		case 'image':
		case 'video':
		case 'audio':
		case 'voice':
		case 'document':
		case 'sticker':
			return toMediaContent(draft);
		case 'location':
			return toLocation(draft);
		case 'contact':
			return toContactContent(draft);
		case 'poll':
			return toPoll(draft);
		case 'reaction':
			return toReaction(draft, me());
		case 'forward':
			return toForwardedContent(draft.original);
		case 'edit':
			return toEdit(draft, me());
		case 'delete':
			return toDeletion(draft, me());
		case 'timer':
			return toTimer(draft);
	}
}

function toText({ text, preview }: Extract<Draft, { kind: 'text' }>): Prepared {
	const content: proto.Message.IExtendedTextMessage = { text };
	if (preview) {
		content.matchedText = preview.url;
		content.title = preview.title;
		content.description = preview.description;
		content.jpegThumbnail = preview.thumbnail;
		content.previewType = proto.Message.ExtendedTextMessage.PreviewType.NONE;
	}
	return { type: 'text', text, details: {}, message: withSecret({ extendedTextMessage: content }) };
}

function toLocation(draft: Extract<Draft, { kind: 'location' }>): Prepared {
	const { latitude, longitude, name, address } = draft;
	const location = { latitude, longitude, name, address, live: false };
	return {
		type: 'location',
		text: name ?? '',
		details: { location },
		message: {
			locationMessage: { degreesLatitude: latitude, degreesLongitude: longitude, name, address },
		},
	};
}

/** WhatsApp has a kind of its own for polls of one choice. */
function toPoll({
	question,
	options,
	selectableCount,
}: Extract<Draft, { kind: 'poll' }>): Prepared {
	const poll: proto.Message.IPollCreationMessage = {
		name: question,
		selectableOptionsCount: selectableCount,
		options: options.map((optionName) => ({ optionName })),
	};
	const kind = selectableCount === 1 ? 'pollCreationMessageV3' : 'pollCreationMessage';
	return {
		type: 'poll',
		text: question,
		details: { poll: { question, options, selectableCount } },
		message: withSecret({ [kind]: poll }),
	};
}

function toReaction(
	{ target, emoji }: Extract<Draft, { kind: 'reaction' }>,
	me: OwnIdentity,
): Prepared {
	const details: ContentDetails = { reaction: { messageId: target.key.messageId, emoji } };
	return {
		type: 'reaction',
		text: emoji,
		details,
		message: {
			reactionMessage: {
				key: toMessageKey(target.key, me),
				text: emoji,
				senderTimestampMs: Date.now(),
			},
		},
	};
}

/** A caption is edited as what it is: the text of the same kind of message. */
function toEdit({ target, text }: Extract<Draft, { kind: 'edit' }>, me: OwnIdentity): Prepared {
	const kind = { image: 'imageMessage', video: 'videoMessage', document: 'documentMessage' }[
		target.type as string
	];
	const { Type } = proto.Message.ProtocolMessage;
	return {
		type: 'edit',
		text,
		details: {},
		target: target.key,
		message: {
			protocolMessage: {
				key: toMessageKey(target.key, me),
				type: Type.MESSAGE_EDIT,
				timestampMs: Date.now(),
				editedMessage: kind ? { [kind]: { caption: text } } : { extendedTextMessage: { text } },
			},
		},
	};
}

function toDeletion({ target }: Extract<Draft, { kind: 'delete' }>, me: OwnIdentity): Prepared {
	const { Type } = proto.Message.ProtocolMessage;
	return {
		type: 'delete',
		text: '',
		details: {},
		target: target.key,
		message: { protocolMessage: { key: toMessageKey(target.key, me), type: Type.REVOKE } },
	};
}

function toTimer({ seconds }: Extract<Draft, { kind: 'timer' }>): Prepared {
	const protocolMessage = {
		type: proto.Message.ProtocolMessage.Type.EPHEMERAL_SETTING,
		ephemeralExpiration: seconds,
		ephemeralSettingTimestamp: Math.floor(Date.now() / 1000),
	};
	return {
		type: 'protocol',
		text: '',
		details: { timerSeconds: seconds },
		message: { protocolMessage },
	};
}

/** Votes are encrypted, and abuse is reported, with a secret that travels inside the message. */
function withSecret(message: proto.IMessage): proto.IMessage {
	return { ...message, messageContextInfo: { messageSecret: randomBytes(32) } };
}

function toQuotedReference({ key, text, type }: StoredMessage) {
	return {
		messageId: key.messageId,
		participant: key.participant || null,
		text: text || null,
		verified: true,
		type,
		isStatus: false,
	};
}
