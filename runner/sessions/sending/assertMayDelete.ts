import { ApiError } from '../../ApiError';
import type { Draft } from '../../messages/Draft';
import type { GroupsPort } from '../GroupsPort';

/**
 * WhatsApp's server passes every deletion on; the phones of the others ignore one of somebody else's
 * message unless it comes from an admin of the group. Throws `not_own_message`, or why the group cannot
 * be asked for.
 */
export async function assertMayDelete(
	draft: Draft,
	groups: () => Pick<GroupsPort, 'get'>,
): Promise<void> {
	if (draft.kind !== 'delete' || draft.target.key.isFromMe) return;
	const { isAdmin } = await groups().get(draft.target.key.chat);
	if (isAdmin) return;
	throw new ApiError(
		'not_own_message',
		'Only admins of a group may delete what others wrote: have this account made an admin first.',
	);
}
