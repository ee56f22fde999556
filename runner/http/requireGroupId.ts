import { toRecipient } from '../../contract';
import { ApiError } from '../ApiError';

/** The group a path names. Throws `group_not_found` for what cannot be one. */
export function requireGroupId({ groupId }: { groupId: string }): string {
	const recipient = toRecipient(groupId);
	if (recipient?.kind === 'group') return recipient.jid;
	throw new ApiError(
		'group_not_found',
		'Give the id of a group, which ends in @g.us; GET /api/groups lists the groups this account is in.',
	);
}
