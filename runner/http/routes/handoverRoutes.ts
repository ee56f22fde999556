import type { FastifyInstance } from 'fastify';
import type { HandoverRequest } from '../../../contract';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { HANDOVER_ACCEPTED, HANDOVER_BODY } from '../schemas/handover';

/** How the nodes of an updated package ask the runner that still lives to make room. */
export function addHandoverRoutes(server: FastifyInstance, { handover, version }: HttpParts): void {
	addRoute<{ Body: HandoverRequest }>(server, 'handOver', {
		tag: 'Operation',
		schema: { body: HANDOVER_BODY, response: { 202: HANDOVER_ACCEPTED } },
		handler({ body }, reply) {
			handover.accept(body.version);
			return reply.code(202).send({ version });
		},
	});
}
