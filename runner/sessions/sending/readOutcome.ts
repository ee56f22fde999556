import type { SentJournal } from '../../messages/SentJournal';
import type { SendOutcome } from '../SessionPort';
import { toRefusal } from './toRefusal';

/** What became of a message that was taken before. Throws ApiError when it has failed. */
export function readOutcome(journal: SentJournal, messageId: string): SendOutcome {
	const failure = journal.failureOf(messageId);
	if (failure !== undefined) throw toRefusal(failure);
	const state = journal.stateOf(messageId) === 'QUEUED' ? 'queued' : 'sent';
	return { messageId, jid: journal.jidOf(messageId) ?? '', state, waitedMs: 0 };
}
