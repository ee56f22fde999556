/** `GET /api/numbers/:number`: whether a number is on WhatsApp. */
export interface NumberView {
	/** Digits as they were asked for. */
	number: string;
	exists: boolean;
	/** The JID to send to: Brazil's ninth digit and the like are put right. Null when it does not exist. */
	jid: string | null;
	lid: string | null;
}

/** Someone this account writes with or has in its address book. */
export interface ContactView {
	/** The JID: of the phone when it is known, else of the LID. */
	id: string;
	phone: string | null;
	lid: string | null;
	/** As the address book has it, else as the contact calls itself. */
	name: string | null;
	/** As the contact calls itself. */
	pushName: string | null;
	/** null while nobody has asked. */
	isBusiness: boolean | null;
}

/** `GET /api/contacts/:number`: asked of WhatsApp at that moment. */
export interface ContactDetails extends ContactView {
	about: string | null;
	/** URL of the profile picture at WhatsApp; null when there is none or it is hidden. */
	picture: string | null;
	business: {
		description: string | null;
		category: string | null;
		website: string[];
		email: string | null;
		address: string | null;
	} | null;
}

export interface ContactList {
	contacts: ContactView[];
	next: string | null;
}

/** A conversation. */
export interface ChatView {
	/** The JID: of the phone when it is known, else of the LID, or of the group. */
	id: string;
	/** What one can send to. */
	number: string;
	type: 'direct' | 'group';
	name: string | null;
	/** Stays the same when the phone of a LID becomes known. */
	key: string;
	/** ISO 8601; null while no message is known. */
	lastMessageAt: string | null;
	unreadCount: number;
	/** After how many seconds its messages disappear; 0 when they stay. What is sent follows it. */
	disappearingSeconds: number;
}

/** After how many seconds WhatsApp lets messages disappear; 0: they stay. */
export const DISAPPEARING_SECONDS = [0, 86_400, 604_800, 7_776_000] as const;

/** `PATCH /api/chats/:id` */
export interface UpdateChatRequest {
	disappearingSeconds: (typeof DISAPPEARING_SECONDS)[number];
}

/** The answer to it: 200 once WhatsApp has accepted it, 202 while the message that says it is queued. */
export interface UpdatedChat {
	/** As in `GET /api/chats`. */
	id: string;
	disappearingSeconds: number;
	/** Of the message that says it to the other side; a group has none. */
	messageId?: string;
	state?: 'queued';
}

export interface ChatList {
	chats: ChatView[];
	next: string | null;
}

/** `PUT /api/config/image`: an https URL, base64 or a data URI, or the file of a multipart form. */
export interface SetImageRequest {
	image: string;
}

/** `PUT /api/config/about` */
export interface SetAboutRequest {
	about: string;
}

/** `POST /api/config/automatic`: what this instance does by itself. What is left out stays as it is. */
export interface AutomaticRequest {
	/** Mark incoming messages as read. */
	read?: boolean;
	/** Report what the owner types on the phone as `received` events, with `fromMe: true`. */
	ownMessages?: boolean;
	/** Download media when they arrive; off: when they are asked for. */
	download?: boolean;
	/** How many messages a minute may leave; 0 for no limit, null for the runner's own setting. */
	messagesPerMinute?: number | null;
	/** Reject calls when they come in. */
	rejectCalls?: boolean;
	/** What the caller is sent when a call is rejected so; null for nothing. */
	rejectCallsText?: string | null;
	/** URL of the http, https or socks5 proxy to WhatsApp; null for the runner's own setting. */
	proxyUrl?: string | null;
}

/** `GET /api/config/automatic` */
export interface AutomaticView {
	read: boolean;
	ownMessages: boolean;
	download: boolean;
	messagesPerMinute: number | null;
	rejectCalls: boolean;
	rejectCallsText: string | null;
	/** Its password is stars. */
	proxyUrl: string | null;
}
