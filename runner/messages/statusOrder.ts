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
 * Whether `next` is to be reported after `previous` (of the same participant): further on than all of
 * them, or a status beside the order (replied, deleted, failed) that was not reported yet. A message
 * that has reached somebody can no longer fail. A receipt may overtake the server's acceptance, which
 * is reported all the same.
 */
export function isNews(previous: readonly MessageState[], next: MessageState): boolean {
	if (previous.includes(next)) return false;
	if (next === 'FAILED') return furthest(previous) < toProgress('RECEIVED');
	return next === 'SENT' || PROGRESS[next] === undefined || isFurther(previous, next);
}

/** Whether `next` is what a look-up shows from now on. */
export function isFurther(previous: readonly MessageState[], next: MessageState): boolean {
	return PROGRESS[next] === undefined || toProgress(next) > furthest(previous);
}

function furthest(statuses: readonly MessageState[]): number {
	return Math.max(-1, ...statuses.map(toProgress));
}

function toProgress(status: MessageState): number {
	return PROGRESS[status] ?? -1;
}
