import { ApiError } from '../../ApiError';

/** What WhatsApp's refusal of a question about a group, or of a change, means to the caller. */
export function toGroupRefusal(code: number): ApiError {
	switch (code) {
		case 401:
			return new ApiError(
				'group_change_refused',
				'Only admins of the group may do this: have this account made an admin, on a phone of another admin.',
			);
		case 403:
			return new ApiError(
				'group_change_refused',
				'This account is not a member of the group, or not an admin where the group asks for it.',
			);
		case 404:
			return new ApiError('group_not_found');
		case 406:
			return new ApiError(
				'group_change_refused',
				'WhatsApp does not accept these values: check the length of subject and description.',
			);
		default:
			return new ApiError(
				'group_change_refused',
				`WhatsApp answered with code ${code}. Check that this account is a member of the group, and an admin where the group asks for it.`,
			);
	}
}

/** The same where an invite link is what is asked about. */
export function toInviteRefusal(code: number): ApiError {
	if (code === 400 || code === 404 || code === 406 || code === 410) {
		return new ApiError(
			'group_not_found',
			'This invite link does not lead to a group any more. Ask an admin of the group for a new one.',
		);
	}
	if (code === 401 || code === 403) {
		return new ApiError(
			'group_change_refused',
			'This account cannot join the group: it may have been removed from it by an admin.',
		);
	}
	if (code === 419) return new ApiError('group_change_refused', 'The group is full.');
	return toGroupRefusal(code);
}
