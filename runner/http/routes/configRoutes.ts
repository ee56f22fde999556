import type { FastifyInstance } from 'fastify';
import type { EventName, SetWebhookRequest } from '../../../contract';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { instanceOf } from '../instanceOf';
import { EVENT_PARAMS, ROTATED_SECRET, SUCCESS } from '../schemas/common';
import * as schemas from '../schemas/webhooks';

const tag = 'Webhook URLs';

/** The five webhook URLs of an instance. */
export function addConfigRoutes(server: FastifyInstance, { webhookConfig }: HttpParts): void {
	addRoute(server, 'getConfig', {
		tag,
		schema: { response: { 200: schemas.WEBHOOK_CONFIG } },
		handler: (request, reply) => reply.send(webhookConfig.read(instanceOf(request).id)),
	});

	addRoute<{ Params: { event: EventName }; Body: SetWebhookRequest }>(server, 'setWebhook', {
		tag,
		schema: {
			params: EVENT_PARAMS,
			body: schemas.SET_WEBHOOK_BODY,
			response: { 200: SUCCESS },
		},
		async handler(request, reply) {
			const { params, body } = request;
			await webhookConfig.setUrl(instanceOf(request).id, params.event, body.URL);
			return reply.send({ success: 'Webhook URL updated' });
		},
	});

	addRoute<{ Params: { event: EventName } }>(server, 'testWebhook', {
		tag,
		schema: { params: EVENT_PARAMS, response: { 200: schemas.TEST_RESULT } },
		handler: async (request, reply) =>
			reply.send(await webhookConfig.test(instanceOf(request).id, request.params.event)),
	});

	addRoute(server, 'rotateWebhookSecret', {
		tag,
		schema: { response: { 200: ROTATED_SECRET } },
		handler: async (request, reply) =>
			reply.send(await webhookConfig.rotateSecret(instanceOf(request).id)),
	});
}
