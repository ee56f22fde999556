import type { FastifyInstance } from 'fastify';
import type {
	ChangeParticipantsRequest,
	CreateGroupRequest,
	JoinRequest,
	NumberInput,
	UpdateGroupRequest,
} from '../../../contract';
import { ApiError } from '../../ApiError';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { sessionOf } from '../instanceOf';
import { requireGroupId } from '../requireGroupId';
import { SUCCESS } from '../schemas/common';
import * as schemas from '../schemas/groups';
import { requireRecipient } from '../sending/toSubmission';

const tag = 'Groups';

interface GroupParams {
	groupId: string;
}

/** The groups of an account: looking them up, making and changing them, coming and going. */
export function addGroupRoutes(server: FastifyInstance, parts: HttpParts): void {
	addLookups(server, parts);
	addChanges(server, parts);
	addInvites(server, parts);
}

function addLookups(server: FastifyInstance, parts: HttpParts): void {
	addRoute(server, 'listGroups', {
		tag,
		schema: { response: { 200: schemas.GROUP_LIST } },
		handler: async (request, reply) =>
			reply.send({ groups: await sessionOf(parts, request).groups.list() }),
	});

	addRoute<{ Params: GroupParams }>(server, 'getGroup', {
		tag,
		schema: { params: schemas.GROUP_PARAMS, response: { 200: schemas.GROUP_DETAILS } },
		async handler(request, reply) {
			const groupId = requireGroupId(request.params);
			return reply.send(await sessionOf(parts, request).groups.get(groupId));
		},
	});
}

function addChanges(server: FastifyInstance, parts: HttpParts): void {
	addRoute<{ Body: CreateGroupRequest }>(server, 'createGroup', {
		tag,
		schema: { body: schemas.CREATE_GROUP_BODY, response: { 201: schemas.CREATED_GROUP } },
		async handler(request, reply) {
			const { subject, description } = request.body;
			const group = await sessionOf(parts, request).groups.create({
				subject: subject.trim(),
				participants: toJids(request.body.participants),
				...(description ? { description } : {}),
			});
			return reply.code(201).send(group);
		},
	});

	addRoute<{ Params: GroupParams; Body: UpdateGroupRequest }>(server, 'updateGroup', {
		tag,
		schema: {
			params: schemas.GROUP_PARAMS,
			body: schemas.UPDATE_GROUP_BODY,
			response: { 200: schemas.GROUP_DETAILS },
		},
		async handler(request, reply) {
			const groupId = requireGroupId(request.params);
			const changes = toChanges(request.body);
			return reply.send(await sessionOf(parts, request).groups.update(groupId, changes));
		},
	});

	addRoute<{ Params: GroupParams; Body: ChangeParticipantsRequest }>(server, 'changeParticipants', {
		tag,
		schema: {
			params: schemas.GROUP_PARAMS,
			body: schemas.CHANGE_PARTICIPANTS_BODY,
			response: { 200: schemas.CHANGED_PARTICIPANTS },
		},
		async handler(request, reply) {
			const groupId = requireGroupId(request.params);
			const { action, participants } = request.body;
			const jids = toJids(participants);
			const { groups } = sessionOf(parts, request);
			return reply.send({ results: await groups.changeParticipants(groupId, action, jids) });
		},
	});
}

function addInvites(server: FastifyInstance, parts: HttpParts): void {
	addRoute<{ Params: GroupParams }>(server, 'getInvite', {
		tag,
		schema: { params: schemas.GROUP_PARAMS, response: { 200: schemas.INVITE } },
		async handler(request, reply) {
			const groupId = requireGroupId(request.params);
			return reply.send(await sessionOf(parts, request).groups.invite(groupId));
		},
	});

	addRoute<{ Params: GroupParams }>(server, 'renewInvite', {
		tag,
		schema: { params: schemas.GROUP_PARAMS, response: { 200: schemas.INVITE } },
		async handler(request, reply) {
			const groupId = requireGroupId(request.params);
			return reply.send(await sessionOf(parts, request).groups.renewInvite(groupId));
		},
	});

	addRoute<{ Body: JoinRequest }>(server, 'joinGroup', {
		tag,
		schema: { body: schemas.JOIN_BODY, response: { 200: schemas.JOINED } },
		handler: async (request, reply) =>
			reply.send(await sessionOf(parts, request).groups.join(request.body.invite)),
	});

	addRoute<{ Params: GroupParams }>(server, 'leaveGroup', {
		tag,
		schema: { params: schemas.GROUP_PARAMS, response: { 200: SUCCESS } },
		async handler(request, reply) {
			await sessionOf(parts, request).groups.leave(requireGroupId(request.params));
			return reply.send({ success: 'Group left' });
		},
	});
}

/** People, each once. Throws `invalid_number`, also for groups. */
function toJids(participants: NumberInput[]): string[] {
	const recipients = participants.map(requireRecipient);
	if (recipients.some(({ kind }) => kind === 'group')) {
		throw new ApiError('invalid_number', 'Only people can be members of a group.');
	}
	return [...new Set(recipients.map(({ jid }) => jid))];
}

/** Throws `invalid_body` when there is nothing to change. */
function toChanges(body: UpdateGroupRequest): UpdateGroupRequest {
	const { subject, description, announce, locked } = body;
	const changes = {
		...(subject === undefined ? {} : { subject: subject.trim() }),
		...(description === undefined ? {} : { description }),
		...(announce === undefined ? {} : { announce }),
		...(locked === undefined ? {} : { locked }),
	};
	if (Object.keys(changes).length > 0) return changes;
	throw new ApiError(
		'invalid_body',
		'Give at least one of subject, description, announce and locked.',
	);
}
