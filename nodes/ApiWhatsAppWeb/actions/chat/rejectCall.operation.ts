import type { Operation } from '../Operation';
import { readRequired } from '../readInput';

/** `POST /api/calls/:callId/reject` */
export const rejectCall: Operation = {
	name: 'Reject Call',
	value: 'rejectCall',
	action: 'Reject a call',
	description: 'Reject a call while it rings; Change Settings can reject all calls by itself',
	route: 'rejectCall',
	attempt: 'reject the call',
	properties: [
		{
			displayName: 'Call ID',
			name: 'callId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. {{ $json.call.id }}',
			description: 'As a Received event of type Call gives it',
		},
	],
	async execute(call) {
		const params = { callId: readRequired(call, 'callId', 'Call ID') };
		return { json: { ...(await call.api.call('rejectCall', { params })) } };
	},
};
