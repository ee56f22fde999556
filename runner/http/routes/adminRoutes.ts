import type { FastifyInstance } from 'fastify';
import type { CreateInstanceRequest } from '../../../contract';
import { ApiError } from '../../ApiError';
import { createInstance } from '../../instances/createInstance';
import type { InstanceRecord } from '../../instances/InstanceStore';
import { toInstanceView } from '../../instances/toInstanceView';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { ID_PARAMS, SUCCESS } from '../schemas/common';
import * as schemas from '../schemas/instances';

const tag = 'Instances';

/** The instances of this runner: for the admin key only. */
export function addAdminRoutes(server: FastifyInstance, parts: HttpParts): void {
	const { instances, sessions, settings, webhookConfig } = parts;
	const viewOf = (instance: InstanceRecord) => toInstanceView(instance, sessions.get(instance.id));
	const find = (id: string): InstanceRecord => {
		const instance = instances.find(id);
		if (!instance) throw new ApiError('instance_not_found', 'GET /api/instances lists them.');
		return instance;
	};

	addRoute(server, 'listInstances', {
		tag,
		schema: { response: { 200: schemas.INSTANCE_LIST } },
		handler: (_request, reply) => reply.send({ instances: instances.list().map(viewOf) }),
	});

	addRoute<{ Body: CreateInstanceRequest }>(server, 'createInstance', {
		tag,
		schema: { body: schemas.CREATE_INSTANCE_BODY, response: { 201: schemas.CREATED_INSTANCE } },
		async handler({ body }, reply) {
			const created = await createInstance(parts, { ...body, name: body.name.trim() });
			return reply.code(201).send(created);
		},
	});

	addRoute<{ Params: { id: string } }>(server, 'readInstance', {
		tag,
		schema: { params: ID_PARAMS, response: { 200: schemas.INSTANCE_VIEW } },
		handler: ({ params }, reply) => reply.send(viewOf(find(params.id))),
	});

	addRoute<{ Params: { id: string }; Body: { name: string } }>(server, 'renameInstance', {
		tag,
		schema: {
			params: ID_PARAMS,
			body: schemas.RENAME_INSTANCE_BODY,
			response: { 200: schemas.INSTANCE_VIEW },
		},
		async handler({ params, body }, reply) {
			await instances.rename(find(params.id).id, body.name.trim());
			return reply.send(viewOf(find(params.id)));
		},
	});

	addRoute<{ Params: { id: string } }>(server, 'deleteInstance', {
		tag,
		schema: { params: ID_PARAMS, response: { 200: SUCCESS } },
		async handler({ params }, reply) {
			const { id } = find(params.id);
			await sessions.remove(id);
			await instances.remove(id);
			webhookConfig.forget(id);
			settings.forget(id);
			return reply.send({ success: 'Instance deleted' });
		},
	});

	addRoute<{ Params: { id: string } }>(server, 'rotateInstanceKey', {
		tag,
		schema: { params: ID_PARAMS, response: { 200: schemas.ROTATED_KEY } },
		async handler({ params }, reply) {
			const { id } = find(params.id);
			return reply.send({ id, apiKey: await instances.rotateKey(id) });
		},
	});
}
