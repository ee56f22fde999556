import type {
	ChangeParticipantsRequest,
	CreateGroupRequest,
	GroupDetails,
	NumberInput,
	ParticipantResult,
	UpdateGroupRequest,
} from '../../contract';
import type { FakeHandlers, FakeInstance } from './FakeInstance';
import { FakeRefusal } from './FakeInstance';
import type { FakeAnswer } from './HttpFake';

/** The routes about groups. */
export const GROUP_HANDLERS: FakeHandlers = {
	listGroups: (_request, { groups }) =>
		ok({ groups: groups.map(({ participants: _, ...view }) => view) }),
	getGroup: (_request, instance, id) => ok(findGroup(instance, id)),
	createGroup: ({ body }, { groups }) => {
		const { subject, participants } = body as CreateGroupRequest;
		const group = toGroup(`12036300000000000${groups.length}@g.us`, subject);
		groups.push(group);
		return { status: 201, body: { ...group, results: participants.map(toResult) } };
	},
	updateGroup: ({ body }, instance, id) => {
		return ok(Object.assign(findGroup(instance, id), body as UpdateGroupRequest));
	},
	changeParticipants: ({ body }, instance, id) => {
		findGroup(instance, id);
		const { participants } = body as ChangeParticipantsRequest;
		return ok({ results: participants.map(toResult) });
	},
	setGroupImage: (_request, instance, id) => {
		findGroup(instance, id);
		return ok({ success: 'Image changed' });
	},
	getInvite: (_request, instance, id) => {
		findGroup(instance, id);
		return ok({ code: 'FIRST', link: 'https://chat.whatsapp.com/FIRST' });
	},
	renewInvite: (_request, instance, id) => {
		findGroup(instance, id);
		return ok({ code: 'SECOND', link: 'https://chat.whatsapp.com/SECOND' });
	},
	joinGroup: () => ok({ id: '120363000000000009@g.us', pending: false }),
	leaveGroup: (_request, instance, id) => {
		findGroup(instance, id);
		return ok({ success: 'Left' });
	},
};

export function toGroup(id: string, subject: string): GroupDetails {
	return {
		id,
		subject,
		description: null,
		owner: null,
		createdAt: null,
		size: 1,
		announce: false,
		locked: false,
		isAdmin: true,
		participants: [],
	};
}

function findGroup({ groups }: FakeInstance, id: string): GroupDetails {
	const group = groups.find((each) => each.id === id);
	if (!group) throw new FakeRefusal('group_not_found');
	return group;
}

function toResult(number: NumberInput): ParticipantResult {
	return { number: String(number), ok: true, code: 200, reason: null };
}

function ok(body: object): FakeAnswer {
	return { status: 200, body };
}
