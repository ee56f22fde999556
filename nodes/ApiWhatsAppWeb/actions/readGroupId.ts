import { toRecipient } from '../../../contract';
import { ApiFailure } from '../transport';
import type { OperationCall } from './Operation';
import { readText } from './readInput';

/** The id of a group. */
export function readGroupId(call: OperationCall): string {
	const recipient = toRecipient(readText(call, 'groupId'));
	if (recipient?.kind === 'group') return recipient.jid;
	throw new ApiFailure('this is not the ID of a group', {
		hint: 'Choose the group from the list, or give its ID, which ends in @g.us. To join by a link, use the operation Group → Join.',
	});
}
