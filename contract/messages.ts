import type { MessageDetails, MessageStatus } from './events';

/** WhatsApp's own limit, in UTF-16 code units. */
export const MAX_TEXT_LENGTH = 65_536;

/** WhatsApp's limit for what stands below a picture, video or document, in UTF-16 code units. */
export const MAX_CAPTION_LENGTH = 1_024;

/** How many options a poll may have, and how long each and the question may be. */
export const POLL_LIMITS = {
	minOptions: 2,
	maxOptions: 12,
	optionLength: 100,
	questionLength: 255,
};

/** How long WhatsApp lets one change a text, and delete a message for everyone. */
export const EDIT_WINDOW_MS = 15 * 60_000;
export const DELETE_WINDOW_MS = 60 * 3_600_000;

/** A recipient: digits with country code in any spelling, or a JID of a phone, a LID or a group. */
export type NumberInput = number | string;

/** What every message to a chat may carry. */
export interface SendOptions {
	number: NumberInput;
	/** The message this one answers. */
	quotedMessageId?: string;
	/** The chat that message stands in; else the one written to, or any where the person written to has said it. */
	quotedChat?: NumberInput;
	/**
	 * Who is named with @ in it; in the text they stand as `@<digits>`. `all` names everybody in the group,
	 * in the text as `@all`.
	 */
	mentions?: NumberInput[] | 'all';
	/** Show "typing…" (or "recording…") before it is sent, in proportion to its length. */
	typing?: boolean;
}

/** `POST /api/text` */
export interface SendTextRequest extends SendOptions {
	message: string;
	/** Show a preview of the first link: opens it from here. Off unless asked for. */
	linkPreview?: boolean;
}

/**
 * Media come as an https URL, as base64 or as a data URI, or as the file part of a multipart form whose
 * other fields have the names below. `fileName` and `mimetype` are found out unless given.
 */
export interface MediaOptions extends SendOptions {
	fileName?: string;
	mimetype?: string;
}

/** `POST /api/image` */
export interface SendImageRequest extends MediaOptions {
	image: string;
	caption?: string;
	viewOnce?: boolean;
}

/** `POST /api/video` */
export interface SendVideoRequest extends MediaOptions {
	video: string;
	caption?: string;
	viewOnce?: boolean;
	/** Plays in a loop and without sound. */
	gif?: boolean;
}

/** `POST /api/audio` */
export interface SendAudioRequest extends MediaOptions {
	audio: string;
	/** A voice note, converted to Ogg/Opus when it is something else. */
	voice?: boolean;
	viewOnce?: boolean;
}

/** `POST /api/document` */
export interface SendDocumentRequest extends MediaOptions {
	document: string;
	caption?: string;
}

/** `POST /api/sticker`: PNG and JPEG files are converted. */
export interface SendStickerRequest extends MediaOptions {
	sticker: string;
}

/** `POST /api/location`, in degrees. */
export interface SendLocationRequest extends SendOptions {
	latitude: number;
	longitude: number;
	name?: string;
	address?: string;
}

export interface ContactCard {
	name: string;
	phone: NumberInput;
	organization?: string;
}

/** `POST /api/contact` */
export interface SendContactRequest extends SendOptions {
	contacts: ContactCard[];
}

/** `POST /api/poll` */
export interface SendPollRequest extends SendOptions {
	question: string;
	options: string[];
	/** How many options one may choose; 0 for any number. Default 1. */
	selectableCount?: number;
}

/** `POST /api/reaction`; the emoji "" takes the reaction back. */
export interface SendReactionRequest {
	number: NumberInput;
	messageId: string;
	emoji: string;
}

/** Query of every route of one message: without a chat, of several with this id, the first that was stored. */
export interface MessageChatQuery {
	chat?: string;
}

/** `POST /api/message/:messageId/forward` */
export interface ForwardRequest {
	number: NumberInput;
}

/** `PUT /api/message/:messageId` */
export interface EditRequest {
	message: string;
}

/** `POST /api/read`: without `messageId` everything unread in the chat. */
export interface ReadRequest {
	number: NumberInput;
	messageId?: string;
}

export const TYPING_STATES = ['composing', 'recording', 'paused'] as const;

/** `POST /api/typing`; shown for `seconds` (1 to 60), else until a message is sent or WhatsApp forgets it. */
export interface TypingRequest {
	number: NumberInput;
	state: (typeof TYPING_STATES)[number];
	seconds?: number;
}

/** The kinds of messages one can send, each with a route, and what its acceptance says. */
export const SENT_TEXTS = {
	text: 'Text sent successfully!',
	image: 'Image sent successfully!',
	video: 'Video sent successfully!',
	audio: 'Audio sent successfully!',
	voice: 'Voice note sent successfully!',
	document: 'Document sent successfully!',
	sticker: 'Sticker sent successfully!',
	location: 'Location sent successfully!',
	contact: 'Contact sent successfully!',
	poll: 'Poll sent successfully!',
	reaction: 'Reaction sent successfully!',
	forward: 'Message forwarded successfully!',
	edit: 'Message edited successfully!',
	delete: 'Message deleted successfully!',
} as const;

export type SendKind = keyof typeof SENT_TEXTS;

/**
 * The answer to a send: 200 once WhatsApp's server has accepted the message, 202 with
 * `state: "queued"` when that took longer than 20 s or the instance is reconnecting.
 */
export interface SendResponse {
	message: string;
	/** A number for phone numbers, the JID for groups and LIDs. */
	phone: number | string;
	/** Of an edit or a deletion: the message that was changed. */
	messageId: string;
	/** The JID it went to: Brazil's ninth digit and the like are put right. */
	jid: string;
	/** How long it was held back by the pace of this instance and by showing "typing…". */
	waitedMs: number;
	state?: 'queued';
}

/** States a message goes through; `QUEUED` and `SENT` stand only in the look-up, never in an event. */
export type MessageState = MessageStatus | 'QUEUED' | 'SENT';

export interface StatusEntry {
	status: MessageState;
	/** ISO 8601 */
	at: string;
	participant?: string;
	reason?: string;
}

/** `GET /api/message/:messageId` and the rows of `GET /api/messages`. `timestamp` is ISO 8601. */
export interface MessageView extends MessageDetails {
	messageId: string;
	number: string;
	/** The text, or the caption of media, or "". */
	message: string;
	timestamp: string;
	status: MessageState;
	statusHistory: StatusEntry[];
}

/** `GET /api/messages`, newest first. `next` is the `before` of the following page; null on the last. */
export interface MessageList {
	messages: MessageView[];
	next: string | null;
}
