import type { MessageType } from '../../contract';
import type { JournalKey } from './JournalKey';
import type { StoredDetails } from './StoredDetails';

/** A message of the journal with what it takes to quote, forward, change or react to it. */
export interface StoredMessage {
	key: JournalKey;
	type: MessageType;
	text: string;
	/** What one can send to. */
	number: string;
	sentAtMs: number;
	/** For everyone; what it said is kept here all the same. */
	isDeleted: boolean;
	details: StoredDetails;
	/** Serialised `proto.Message`; null when it is not kept. */
	content: Uint8Array | null;
}
