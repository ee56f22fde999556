import type { ContactDetails, NumberView, Recipient, TypingRequest } from '../../contract';

/**
 * Whom an account can reach, asked of WhatsApp. Failures are ApiErrors: `instance_not_linked`,
 * `engine_down`, `rate_limited`, `contact_not_found`, `chat_not_found`, `message_not_found`.
 */
export interface PeoplePort {
	/** Whether a number (digits) is on WhatsApp. */
	check(phone: string): Promise<NumberView>;
	/** Somebody as WhatsApp shows them at this moment. */
	contact(recipient: Recipient): Promise<ContactDetails>;
	/** Marks a message read, or everything unread in the chat. */
	markRead(recipient: Recipient, messageId?: string): Promise<void>;
	/** The id under which a chat is kept: of the phone when it is known, as WhatsApp spells it. */
	chatIdOf(recipient: Recipient): string;
	/** Resolves once it is shown. */
	showTyping(recipient: Recipient, typing: Omit<TypingRequest, 'number'>): Promise<void>;
}

/** The account's own profile. Failures are ApiErrors, `profile_change_refused` among them. */
export interface ProfilePort {
	/** A square JPEG. */
	setImage(jpeg: Uint8Array): Promise<void>;
	setAbout(about: string): Promise<void>;
}
