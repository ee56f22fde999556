/** What was learned of a contact; what is null or left out says nothing. */
export interface ContactNews {
	/** Digits */
	phone: string | null;
	/** JID */
	lid: string | null;
	/** As the address book has it. */
	name?: string | null;
	/** As the contact calls itself. */
	pushName?: string | null;
	isBusiness?: boolean | null;
	/** Whether a message has come from it. */
	hasWritten?: boolean;
}

/** What was learned of a chat. */
export interface ChatNews {
	/** The JID of the phone when it is known, else of the LID, or of the group. */
	id: string;
	name?: string | null;
	/** Unix milliseconds */
	lastMessageAt?: number | null;
	unreadCount?: number;
	/** Seconds after which its messages disappear; 0 when they stay. */
	timerSeconds?: number | null;
	/** In a chat of two: whether the phone names the other side by LID in it. */
	isByLid?: boolean;
}

/** A message as far as chats and contacts are concerned. */
export interface MessageNews {
	/** The JID of the phone when it is known, else of the LID, or of the group. */
	chatId: string;
	isFromMe: boolean;
	/** False for what no reader would call a message: reactions, votes. */
	isContent: boolean;
	sentAtMs: number;
	/** Seconds after which it disappears, where it says so. */
	timerSeconds?: number | undefined;
	/** In a chat of two: whether WhatsApp names the other side by LID in it. */
	isByLid?: boolean | undefined;
	sender: { phone: string | null; lid: string | null; name: string | null };
}

/** The id under which a contact is kept: the phone's JID when it is known. */
export function toContactId({ phone, lid }: Pick<ContactNews, 'phone' | 'lid'>): string | null {
	return phone ? `${phone}@s.whatsapp.net` : lid;
}
