import type { AdvertisementDetails } from './advertisement';

/** The five webhook events, in the order the documentation lists them. */
export const EVENT_NAMES = ['sent', 'received', 'status', 'disconnected', 'connected'] as const;

export type EventName = (typeof EVENT_NAMES)[number];

/** What happened to a message, as the `status` event reports it. */
export const MESSAGE_STATUSES = [
	'RECEIVED',
	'READ',
	'PLAYED',
	'REPLIED',
	'DELETED',
	'FAILED',
] as const;

export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** Fields that every webhook body carries. `timestamp` is ISO 8601. */
export interface EventEnvelope {
	event: EventName;
	eventId: string;
	timestamp: string;
	instanceId: string;
	instanceName: string;
	/** Present and true only in a sample made by `POST /api/config/:event/test`. */
	test?: true;
	/** Present and true only when texts or lists of it were longer and have been cut. */
	truncated?: true;
}

/**
 * What a message is. `unknown` is whatever this version has no word for: it is reported all the same.
 * `call` is no message, but rings in a chat like one; `group_change` stands in a group like one.
 */
export const MESSAGE_TYPES = [
	'text',
	'image',
	'video',
	'audio',
	'voice',
	'document',
	'sticker',
	'location',
	'contact',
	'poll',
	'poll_vote',
	'reaction',
	'button_reply',
	'list_reply',
	'album',
	'call',
	'group_change',
	'unknown',
] as const;

export type MessageType = (typeof MESSAGE_TYPES)[number];

export interface ChatReference {
	/** The JID of the chat: of the phone when it is known, else of the LID, or of the group. */
	id: string;
	type: 'direct' | 'group';
	name: string | null;
	/** Of the conversation, by whichever id: it does not change when the phone of a LID becomes known. */
	key: string;
}

/** Both identities are carried when both are known; `phone` is digits only, `lid` a JID. */
export interface SenderReference {
	phone: string | null;
	lid: string | null;
	name: string | null;
	/** The public name of an account that may have no phone to show, where WhatsApp tells it. */
	username: string | null;
}

export interface QuotedReference {
	messageId: string;
	participant: string | null;
	/** What that message says where it is known in this chat, else what the answer claims. */
	text: string | null;
	/** Whether `text` is known here, and not only the word of who answers. */
	verified: boolean;
	/** What kind of message it is; null where the answer does not bring it. */
	type: MessageType | null;
	/** Whether it is a status post rather than a message of this chat. */
	isStatus: boolean;
}

/** A file that came with a message. */
export interface MediaDetails {
	/** Signed, expiring, served by the runner. */
	url: string;
	mimetype: string;
	fileName: string | null;
	/** Bytes */
	size: number | null;
	/** Hex */
	sha256: string;
	caption: string | null;
	/** Of audio and video. */
	seconds: number | null;
	/** Pixels, of images and video. */
	width: number | null;
	height: number | null;
}

/** Degrees, and metres where the phone says how exact it is. */
export interface LocationDetails {
	latitude: number;
	longitude: number;
	name: string | null;
	address: string | null;
	/** It moves for a while. */
	live: boolean;
}

export interface ContactDetail {
	name: string | null;
	/** Digits of its numbers. */
	phones: string[];
	vcard: string;
}

export interface PollDetails {
	question: string;
	options: string[];
	/** How many one may choose; 0 for any number. */
	selectableCount: number;
}

/** The whole choice of one voter, as it stands after this vote; none when the vote was taken back. */
export interface PollVoteDetails {
	/** The message of the poll. */
	messageId: string;
	/** Texts of the chosen options; null when the poll is not known here, so that nobody can tell. */
	options: string[] | null;
}

/** The emoji is "" when the reaction was taken back. */
export interface ReactionDetails {
	messageId: string;
	emoji: string;
}

/** A choice among buttons or of a list. */
export interface SelectionDetails {
	id: string | null;
	title: string | null;
}

export interface CallDetails {
	id: string;
	status: 'ringing' | 'accepted' | 'rejected' | 'missed';
	video: boolean;
}

/** What can happen to a group; `join` and `leave` are one's own doing, `add` and `remove` somebody else's. */
export const GROUP_ACTIONS = [
	'create',
	'add',
	'join',
	'remove',
	'leave',
	'promote',
	'demote',
	'subject',
	'description',
	'picture',
	'settings',
] as const;

/** A member of a group that something has happened to; both identities when both are known. */
export type MemberReference = Pick<SenderReference, 'phone' | 'lid'>;

/** What has happened to a group; who has done it is the `sender`. */
export interface GroupChangeDetails {
	action: (typeof GROUP_ACTIONS)[number];
	/** Whom it happened to: who came, went or changed rank; of a new group all in it. */
	participants: MemberReference[];
	/** What the group is called from now on: with `subject`, `create`, and when this account comes in. */
	subject?: string;
	/** With `description`: null when it was taken away. */
	description?: string | null;
	/** With `picture`: whether there is one now. */
	picture?: boolean;
	/** With `settings`: those that were changed. */
	settings?: {
		/** Only admins may write. */
		announce?: boolean;
		/** Only admins may change subject, description and picture. */
		locked?: boolean;
		/** After how many seconds messages disappear; 0 when they stay. */
		disappearingSeconds?: number;
		/** Not only admins may add members. */
		membersMayAdd?: boolean;
		/** Admins decide who may join. */
		joinApproval?: boolean;
	};
}

/** The album itself tells how much belongs to it; its parts tell which album they belong to. */
export interface AlbumDetails {
	messageId: string;
	images: number | null;
	videos: number | null;
}

/** What there is besides text, each only with the kind of message that has it. */
export interface ContentDetails {
	location?: LocationDetails;
	contacts?: ContactDetail[];
	poll?: PollDetails;
	pollVote?: PollVoteDetails;
	reaction?: ReactionDetails;
	selection?: SelectionDetails;
	call?: CallDetails;
	album?: AlbumDetails;
	groupChange?: GroupChangeDetails;
	/** WhatsApp's own name of a kind that is `unknown` here. */
	kind?: string;
}

/** Added to `sent` and `received` bodies beside the hosted fields. */
export interface MessageDetails extends ContentDetails {
	type: MessageType;
	chat: ChatReference;
	sender: SenderReference;
	fromMe: boolean;
	isGroup: boolean;
	quoted: QuotedReference | null;
	/** Digits or JIDs of who is named with @. */
	mentions: string[];
	/** Whether this account is among them, or everyone in the group is meant. */
	mentionsMe: boolean;
	media: MediaDetails | null;
	/** Can be opened once on the phone. */
	viewOnce: boolean;
	forwarded: boolean;
	/** Delivered after having been missed offline. */
	late: boolean;
	/** Another text for a message that came before, under the same `messageId`. */
	edited: boolean;
	/** Present only where the sender came by one. */
	advertisement?: AdvertisementDetails;
	/** How the sender came into the chat, in WhatsApp's words, where it says so: `ctwa_ad`, `status`, … */
	entryPoint?: string;
	/** Present and true only when texts or lists of it were longer and have been cut. */
	truncated?: true;
}

export interface SentBody extends EventEnvelope, MessageDetails {
	event: 'sent';
	/** By kind, such as "Text sent successfully!". */
	message: string;
	messageSent: string;
	number: string;
	messageId: string;
}

export interface ReceivedBody extends EventEnvelope, MessageDetails {
	event: 'received';
	messageId: string;
	message: string;
	/** What one can send to again: phone number, LID's JID while no phone is known, or group id. */
	number: string;
	photo: string | null;
	video: string | null;
	senderName: string;
	whatsappStatus: {
		message: 'Received';
		description: string;
		title: string | null;
		url: string | null;
		groupInvite: string | null;
	};
}

export interface StatusBody extends EventEnvelope {
	event: 'status';
	messageId: string;
	number: string;
	chat: ChatReference;
	status: MessageStatus;
	/** In groups: the JID of whose receipt it is; null in direct chats. */
	participant: string | null;
	/** Why a send failed; null for every other status. */
	reason: string | null;
	whatsappStatus: { message: MessageStatus };
}

export interface ConnectedBody extends EventEnvelope {
	event: 'connected';
	status: 'Connected';
	whatsappStatus: { message: 'Connected' };
}

export interface DisconnectedBody extends EventEnvelope {
	event: 'disconnected';
	status: 'Disconnected';
	/** A stable code such as `logged_out`, `blocked`, `replaced` or `connection_lost`. */
	reason: string | null;
	whatsappStatus: { message: 'Disconnected' };
}

export type WebhookBody = SentBody | ReceivedBody | StatusBody | ConnectedBody | DisconnectedBody;

export function isEventName(value: unknown): value is EventName {
	return EVENT_NAMES.some((name) => name === value);
}

/**
 * Tells which event a body is. Our runner says it in `event`; the hosted service does not, so its
 * bodies are told apart by the fields its documentation promises. Unknown shapes give undefined.
 */
export function eventOfBody(body: unknown): EventName | undefined {
	if (typeof body !== 'object' || body === null) return undefined;
	const fields = body as Record<string, unknown>;
	if (isEventName(fields.event)) return fields.event;
	const whatsappStatus = fields.whatsappStatus;
	const word =
		typeof whatsappStatus === 'object' && whatsappStatus !== null
			? (whatsappStatus as Record<string, unknown>).message
			: undefined;
	if (fields.status === 'Connected' || word === 'Connected') return 'connected';
	if (fields.status === 'Disconnected' || word === 'Disconnected') return 'disconnected';
	if ('messageSent' in fields) return 'sent';
	if (word === 'Received' && 'message' in fields) return 'received';
	if (typeof fields.status === 'string' || typeof word === 'string') return 'status';
	return undefined;
}
