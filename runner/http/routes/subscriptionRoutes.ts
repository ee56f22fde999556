import type { FastifyInstance } from 'fastify';
import type { CreateSubscriptionRequest, UpdateSubscriptionRequest } from '../../../contract';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { instanceOf } from '../instanceOf';
import { ID_PARAMS, ROTATED_SECRET, SUCCESS } from '../schemas/common';
import * as schemas from '../schemas/webhooks';

const tag = 'Subscriptions';

/** Additional receivers, such as n8n's triggers. */
export function addSubscriptionRoutes(server: FastifyInstance, { subscriptions }: HttpParts): void {
	addRoute(server, 'listSubscriptions', {
		tag,
		schema: { response: { 200: schemas.SUBSCRIPTION_LIST } },
		handler: (request, reply) =>
			reply.send({ subscriptions: subscriptions.list(instanceOf(request).id) }),
	});

	addRoute<{ Body: CreateSubscriptionRequest }>(server, 'createSubscription', {
		tag,
		schema: {
			body: schemas.CREATE_SUBSCRIPTION_BODY,
			response: { 201: schemas.CREATED_SUBSCRIPTION },
		},
		async handler(request, reply) {
			const created = await subscriptions.create(instanceOf(request).id, request.body);
			return reply.code(201).send(created);
		},
	});

	addRoute<{ Params: { id: string } }>(server, 'getSubscription', {
		tag,
		schema: { params: ID_PARAMS, response: { 200: schemas.SUBSCRIPTION_VIEW } },
		handler: (request, reply) =>
			reply.send(subscriptions.get(instanceOf(request).id, request.params.id)),
	});

	addRoute<{ Params: { id: string }; Body: UpdateSubscriptionRequest }>(
		server,
		'updateSubscription',
		{
			tag,
			schema: {
				params: ID_PARAMS,
				body: schemas.UPDATE_SUBSCRIPTION_BODY,
				response: { 200: schemas.SUBSCRIPTION_VIEW },
			},
			handler: async (request, reply) =>
				reply.send(
					await subscriptions.update(instanceOf(request).id, request.params.id, request.body),
				),
		},
	);

	addRoute<{ Params: { id: string } }>(server, 'deleteSubscription', {
		tag,
		schema: { params: ID_PARAMS, response: { 200: SUCCESS } },
		async handler(request, reply) {
			await subscriptions.remove(instanceOf(request).id, request.params.id);
			return reply.send({ success: 'Subscription deleted' });
		},
	});

	addRoute<{ Params: { id: string } }>(server, 'rotateSubscriptionSecret', {
		tag,
		schema: { params: ID_PARAMS, response: { 200: ROTATED_SECRET } },
		handler: async (request, reply) =>
			reply.send(await subscriptions.rotateSecret(instanceOf(request).id, request.params.id)),
	});
}
