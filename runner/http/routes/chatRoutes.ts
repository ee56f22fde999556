import type { FastifyInstance } from 'fastify';
import type { UpdateChatRequest, UpdatedChat } from '../../../contract';
import { ApiError } from '../../ApiError';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { instanceOf, sessionOf } from '../instanceOf';
import * as schemas from '../schemas/people';
import { requireRecipient } from '../sending/toSubmission';

/** What is set for a whole conversation. */
export function addChatRoutes(server: FastifyInstance, parts: HttpParts): void {
	addRoute<{ Params: { id: string }; Body: UpdateChatRequest }>(server, 'updateChat', {
		tag: 'People',
		schema: {
			params: schemas.CHAT_PARAMS,
			body: schemas.UPDATE_CHAT_BODY,
			response: { 200: schemas.UPDATED_CHAT, 202: schemas.UPDATED_CHAT },
		},
		async handler(request, reply) {
			const recipient = requireRecipient(request.params.id);
			const { disappearingSeconds: seconds } = request.body;
			const session = sessionOf(parts, request);
			const id = session.people.chatIdOf(recipient);
			const answer = { id, disappearingSeconds: seconds } satisfies UpdatedChat;
			if (recipient.kind === 'group') {
				await session.groups.setTimer(id, seconds);
				return reply.send(answer);
			}
			if (!parts.people.hasChat(instanceOf(request).id, id)) throw new ApiError('chat_not_found');
			const draft = { kind: 'timer', seconds } as const;
			const { messageId, state } = await session.send({ jid: recipient.jid, draft: () => draft });
			if (state === 'sent') return reply.send({ ...answer, messageId });
			return reply.code(202).send({ ...answer, messageId, state });
		},
	});
}
