import type { ChangeParticipantsRequest } from '../../../../contract';
import type { OperationCall, OutputItem } from '../Operation';
import { readParticipants } from '../readNumbers';
import { readGroupId } from '../readGroupId';

/** `POST /api/groups/:groupId/participants`; one item for each member, as each can go its own way. */
export async function changeMembers(
	call: OperationCall,
	action: ChangeParticipantsRequest['action'],
): Promise<OutputItem[]> {
	const params = { groupId: readGroupId(call) };
	const body = { action, participants: readParticipants(call) };
	const { results } = await call.api.call('changeParticipants', { params, body });
	return results.map((result) => ({ json: { ...result } }));
}
