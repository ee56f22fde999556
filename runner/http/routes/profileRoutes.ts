import type { FastifyInstance } from 'fastify';
import type { AutomaticRequest, SetAboutRequest } from '../../../contract';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { instanceOf, sessionOf } from '../instanceOf';
import { SUCCESS } from '../schemas/common';
import * as schemas from '../schemas/profile';
import { checkText } from '../sending/checkText';

const tag = 'Instance';

/** What the account says of itself, and what it does by itself. */
export function addProfileRoutes(server: FastifyInstance, parts: HttpParts): void {
	addRoute<{ Body: SetAboutRequest }>(server, 'setAbout', {
		tag,
		schema: { body: schemas.ABOUT_BODY, response: { 200: SUCCESS } },
		async handler(request, reply) {
			await sessionOf(parts, request).profile.setAbout(request.body.about);
			return reply.send({ success: 'About changed' });
		},
	});

	addRoute(server, 'getAutomatic', {
		tag,
		schema: { response: { 200: schemas.AUTOMATIC_VIEW } },
		handler: (request, reply) => reply.send(parts.settings.of(instanceOf(request).id)),
	});

	addRoute<{ Body: AutomaticRequest }>(server, 'setAutomatic', {
		tag,
		schema: { body: schemas.SET_AUTOMATIC_BODY, response: { 200: SUCCESS } },
		async handler(request, reply) {
			const { read, ownMessages, download, messagesPerMinute, proxyUrl } = request.body;
			const { rejectCalls, rejectCallsText } = request.body;
			if (typeof rejectCallsText === 'string') checkText(rejectCallsText);
			const { id } = instanceOf(request);
			await parts.settings.change(id, {
				...(read === undefined ? {} : { read }),
				...(ownMessages === undefined ? {} : { ownMessages }),
				...(download === undefined ? {} : { download }),
				...(messagesPerMinute === undefined ? {} : { messagesPerMinute }),
				...(rejectCalls === undefined ? {} : { rejectCalls }),
				...(rejectCallsText === undefined ? {} : { rejectCallsText }),
				...(proxyUrl === undefined ? {} : { proxyUrl }),
			});
			if (proxyUrl !== undefined) await parts.sessions.get(id)?.renewConnection();
			return reply.send({ success: 'Automatic reading Updated' });
		},
	});
}
