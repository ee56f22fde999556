import type { FastifyInstance } from 'fastify';
import { toNumber, type ReadRequest, type TypingRequest } from '../../../contract';
import { ApiError } from '../../ApiError';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { instanceOf, sessionOf } from '../instanceOf';
import type { PeopleQuery } from '../ports';
import { SUCCESS } from '../schemas/common';
import * as schemas from '../schemas/people';
import { requireRecipient } from '../sending/toSubmission';

const tag = 'People';

/** Whom an account knows and can reach, and what it shows in its chats. */
export function addPeopleRoutes(server: FastifyInstance, parts: HttpParts): void {
	addRoute<{ Querystring: PeopleQuery }>(server, 'listChats', {
		tag,
		integerQuery: ['limit'],
		schema: { querystring: schemas.PEOPLE_QUERY, response: { 200: schemas.CHAT_LIST } },
		handler: (request, reply) =>
			reply.send(parts.people.chats(instanceOf(request).id, request.query)),
	});

	addRoute<{ Querystring: PeopleQuery }>(server, 'listContacts', {
		tag,
		integerQuery: ['limit'],
		schema: { querystring: schemas.PEOPLE_QUERY, response: { 200: schemas.CONTACT_LIST } },
		handler: (request, reply) =>
			reply.send(parts.people.contacts(instanceOf(request).id, request.query)),
	});

	addRoute<{ Params: { number: string } }>(server, 'getContact', {
		tag,
		schema: { params: schemas.NUMBER_PARAMS, response: { 200: schemas.CONTACT_DETAILS } },
		async handler(request, reply) {
			const recipient = requireRecipient(request.params.number);
			if (recipient.kind === 'group') {
				throw new ApiError('invalid_number', 'This is a group: GET /api/groups/<id> shows it.');
			}
			return reply.send(await sessionOf(parts, request).people.contact(recipient));
		},
	});

	addRoute<{ Params: { number: string } }>(server, 'checkNumber', {
		tag,
		schema: { params: schemas.NUMBER_PARAMS, response: { 200: schemas.NUMBER_VIEW } },
		async handler(request, reply) {
			const { jid, kind } = requireRecipient(request.params.number);
			if (kind !== 'phone') {
				throw new ApiError('invalid_number', 'Only phone numbers can be looked up.');
			}
			return reply.send(await sessionOf(parts, request).people.check(toNumber(jid)));
		},
	});

	addRoute<{ Body: ReadRequest }>(server, 'markRead', {
		tag: 'Messages',
		schema: { body: schemas.READ_BODY, response: { 200: SUCCESS } },
		async handler(request, reply) {
			const { number, messageId } = request.body;
			await sessionOf(parts, request).people.markRead(requireRecipient(number), messageId);
			return reply.send({ success: 'Marked as read' });
		},
	});

	addRoute<{ Params: { callId: string } }>(server, 'rejectCall', {
		tag: 'Messages',
		schema: { params: schemas.CALL_PARAMS, response: { 200: SUCCESS } },
		async handler(request, reply) {
			await sessionOf(parts, request).rejectCall(request.params.callId);
			return reply.send({ success: 'Call rejected' });
		},
	});

	addRoute<{ Body: TypingRequest }>(server, 'showTyping', {
		tag: 'Messages',
		schema: { body: schemas.TYPING_BODY, response: { 200: SUCCESS } },
		async handler(request, reply) {
			const { number, state, seconds } = request.body;
			const typing = { state, ...(seconds === undefined ? {} : { seconds }) };
			await sessionOf(parts, request).people.showTyping(requireRecipient(number), typing);
			return reply.send({ success: state === 'paused' ? 'Typing ended' : 'Typing shown' });
		},
	});
}
