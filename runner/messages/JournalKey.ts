/** What tells one message of an instance from every other: ids are only unique within chat and author. */
export interface JournalKey {
	messageId: string;
	/** JID without device. */
	chat: string;
	/** JID of the author without device in groups, else "". */
	participant: string;
	isFromMe: boolean;
}
