import type { MessageState } from '../../contract';

/** How far a message has come; a status never goes back to a lower one. */
const PROGRESS: Partial<Record<MessageState, number>> = {
	QUEUED: 0,
	SENT: 1,
	RECEIVED: 2,
	READ: 3,
	PLAYED: 4,
};

/**
 * Whether `next` is news after `previous` (of the same participant): further on than all of them, or a
 * status beside the order (replied, deleted, failed) that was not reported yet. A message that has
 * reached somebody can no longer fail.
 */
export function isNews(previous: readonly MessageState[], next: MessageState): boolean {
	if (previous.includes(next)) return false;
	const furthest = Math.max(-1, ...previous.map((status) => PROGRESS[status] ?? -1));
	const progress = PROGRESS[next];
	if (progress !== undefined) return progress > furthest;
	return next !== 'FAILED' || furthest < (PROGRESS.RECEIVED ?? 0);
}
