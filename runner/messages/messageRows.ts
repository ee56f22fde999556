import type { MessageState, MessageType } from '../../contract';
import type { Row } from '../storage/Database';
import { openOrNull } from '../storage/encryption/sealedColumns';
import type { JournalKey } from './JournalKey';
import type { StoredDetails, StoredSender } from './StoredDetails';
import type { Written } from './whoWrote';
import type { StoredMessage } from './StoredMessage';

/** Types of rows that are never shown: what keeps the protocol going, and changes of other messages. */
export const HIDDEN_TYPES: readonly string[] = ['protocol', 'edit', 'delete'];

/** A message as it is written into the journal. */
export interface MessageRow {
	key: JournalKey;
	/** The chat under the name that views show: the phone's JID when it is known. */
	chatId: string;
	type: MessageType | 'protocol' | 'edit' | 'delete';
	text: string;
	details: StoredDetails;
	/** Serialised: a message's content, or a whole protocol message whose effects are still to come. */
	content: Uint8Array | null;
	isProtocolPending: boolean;
	number: string;
	sender: StoredSender;
	sentAtMs: number;
	status: MessageState;
	/** The message that an edit or deletion is about, in the same chat. */
	target: MessageTarget | null;
	/** `pending`: its file is to be downloaded. */
	mediaState: 'pending' | 'stored' | null;
}

/** A message of a chat that another one of it is about. */
export type MessageTarget = Omit<JournalKey, 'chat'>;

/** A row with all that is known of it, but for its content, which only a few want. */
export interface StoredRow extends Omit<StoredMessage, 'content'> {
	chatId: string;
	sender: StoredSender;
	status: MessageState;
	isEdited: boolean;
	target: MessageTarget | null;
	statuses: StatusRow[];
}

export interface StatusRow extends Record<string, string | number | null> {
	status: MessageState;
	participant: string;
	/** Unix milliseconds */
	at: number;
	reason: string | null;
}

/** A row as SQLite gives it; `text` and `details` are null where they are damaged. */
export interface MessageColumns extends Row {
	message_id: string;
	chat: string;
	participant: string;
	from_me: number;
	chat_id: string;
	type: MessageType;
	text: string | null;
	details: string | null;
	number: string;
	sender_phone: string | null;
	sender_lid: string | null;
	sender_name: string | null;
	sent_at: number;
	status: MessageState;
	edited: number;
	target: string | null;
	target_participant: string | null;
	target_from_me: number | null;
}

/** The columns of `MessageColumns`. */
export const MESSAGE_COLUMNS = `message_id, chat, participant, from_me, chat_id, type,
	${openOrNull('messages.text')}, ${openOrNull('messages.details')}, number,
	sender_phone, sender_lid, ${openOrNull('messages.sender_name')}, sent_at, status, edited, target,
	target_participant, target_from_me`;

export function toStoredRow(row: MessageColumns, statuses: StatusRow[]): StoredRow {
	return {
		key: {
			messageId: row.message_id,
			chat: row.chat,
			participant: row.participant,
			isFromMe: row.from_me === 1,
		},
		type: row.type,
		text: row.text ?? '',
		number: row.number,
		sentAtMs: row.sent_at,
		isDeleted: statuses.some(({ status }) => status === 'DELETED'),
		details: JSON.parse(row.details ?? '{}') as StoredDetails,
		chatId: row.chat_id,
		sender: { phone: row.sender_phone, lid: row.sender_lid, name: row.sender_name },
		status: row.status,
		isEdited: row.edited === 1,
		target: toTarget(row),
		statuses,
	};
}

/** Rows of before name only the id. */
function toTarget(row: MessageColumns): MessageTarget | null {
	if (row.target === null) return null;
	return {
		messageId: row.target,
		participant: row.target_participant ?? '',
		isFromMe: row.target_from_me !== 0,
	};
}

/** What tells messages of one id apart. */
export interface CandidateColumns extends Row {
	seq: number;
	chat: string;
	participant: string;
	from_me: number;
	number: string;
	sender_phone: string | null;
	sender_lid: string | null;
}

export function toCandidate(
	messageId: string,
	{ seq, chat, participant, from_me, number, sender_phone, sender_lid }: CandidateColumns,
): Written & { seq: number } {
	return {
		seq,
		key: { messageId, chat, participant, isFromMe: from_me === 1 },
		number,
		sender: { phone: sender_phone, lid: sender_lid },
	};
}
