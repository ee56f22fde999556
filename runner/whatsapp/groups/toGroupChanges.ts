import type { GroupChangeDetails } from '../../../contract';
import type { IncomingMessage } from '../../messages/IncomingMessage';
import type { GroupNotice } from './readGroupNotice';

/** Each change of a group as the journal keeps it, in a place of its own in the group. */
export function toGroupChanges(notice: GroupNotice, isLate: boolean): IncomingMessage[] {
	const { group, id, isOwn, actor, actorName, actorUsername, hasCut } = notice;
	return notice.changes.map((change, at) => ({
		key: {
			messageId: at === 0 ? id : `${id}-${at}`,
			chat: group,
			participant: '',
			isFromMe: isOwn,
		},
		chatId: group,
		type: 'group_change',
		text: change.subject ?? change.description ?? '',
		sentAtMs: notice.atMs,
		sender: { ...actor, name: actorName },
		number: group,
		isGroup: true,
		details: {
			groupChange: { participants: [], ...change } satisfies GroupChangeDetails,
			...(actorUsername ? { username: actorUsername } : {}),
			...(isLate ? { late: true } : {}),
			...(hasCut ? { truncated: true } : {}),
		},
		linkPreview: { title: null, url: null },
		groupInvite: null,
		isForReceivers: true,
		content: null,
		edit: null,
		protocol: null,
	}));
}
