import { MAX_TEXT_LENGTH } from '../../contract';

/**
 * How much is read of what contacts send. Phones stay far below; whoever sends more wants to see what
 * breaks. Texts are counted in UTF-16 code units, as WhatsApp does.
 */
export const TEXT_LIMITS = {
	/** What one reads of a message: its text, its caption, the question of a poll. */
	text: MAX_TEXT_LENGTH,
	quoted: 4096,
	/** Of people, files, places and links, labels, options and reactions. */
	name: 1024,
	/** Links, and what a button says to the business that made it. */
	reference: 4096,
	/** Ids and JIDs. */
	id: 256,
	vcard: 65_536,
} as const;

export const LIST_LIMITS = {
	mentions: 1024,
	/** Of groups. */
	members: 1024,
	contacts: 100,
	/** Of one contact card. */
	phones: 64,
	/** Of polls, and of votes. */
	options: 64,
} as const;

/** What all texts of one message come to: it is held in memory and stands in its row. */
export const MAX_CHARACTERS = 262_144;

/** What is kept of a message to quote, forward, edit or fetch it. */
export const MAX_CONTENT_BYTES = 1_048_576;
