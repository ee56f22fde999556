import type { FastifyInstance } from 'fastify';
import type { RedeliverRequest } from '../../../contract';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { instanceOf } from '../instanceOf';
import type { DeliveryFilter } from '../ports';
import { ID_PARAMS } from '../schemas/common';
import * as schemas from '../schemas/deliveries';

/** As it stands in the URL. */
interface ListQuery extends RedeliverRequest {
	limit: number;
	before?: string;
}

const tag = 'Deliveries';

/** What became of the events, and sending them again. */
export function addDeliveryRoutes(server: FastifyInstance, { deliveries }: HttpParts): void {
	addRoute<{ Querystring: ListQuery }>(server, 'listDeliveries', {
		tag,
		integerQuery: ['limit'],
		schema: { querystring: schemas.DELIVERY_QUERY, response: { 200: schemas.DELIVERY_PAGE } },
		handler(request, reply) {
			const { limit, before, ...given } = request.query;
			const query = { ...toFilter(given), limit, ...(before !== undefined && { before }) };
			return reply.send(deliveries.list(instanceOf(request).id, query));
		},
	});

	addRoute<{ Params: { id: string } }>(server, 'redeliver', {
		tag,
		schema: { params: ID_PARAMS, response: { 200: schemas.DELIVERY_VIEW } },
		handler: async (request, reply) =>
			reply.send(await deliveries.redeliver(instanceOf(request).id, request.params.id)),
	});

	addRoute<{ Body: RedeliverRequest | null }>(server, 'redeliverMany', {
		tag,
		schema: { body: schemas.REDELIVER_BODY, response: { 200: schemas.REDELIVERED } },
		async handler(request, reply) {
			const filter = toFilter(request.body ?? {});
			return reply.send(await deliveries.redeliverMany(instanceOf(request).id, filter));
		},
	});
}

function toFilter({ state, event, since, until }: RedeliverRequest): DeliveryFilter {
	return {
		...(state !== undefined && { state }),
		...(event !== undefined && { event }),
		...(since !== undefined && { since: Date.parse(since) }),
		...(until !== undefined && { until: Date.parse(until) }),
	};
}
