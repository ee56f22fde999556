import type { FastifyInstance, FastifyRequest } from 'fastify';
import { toInstanceView } from '../../instances/toInstanceView';
import type { SessionPort } from '../../sessions/SessionPort';
import { addRoute } from '../addRoute';
import type { HttpParts } from '../HttpParts';
import { instanceOf, sessionOf } from '../instanceOf';
import { INSTANCE_VIEW } from '../schemas/instances';

/** State of the instance the call is for, and what moves it to another state. */
export function addInstanceRoutes(server: FastifyInstance, parts: HttpParts): void {
	const viewOf = (request: Pick<FastifyRequest, 'instance'>) => {
		const instance = instanceOf(request);
		return toInstanceView(instance, parts.sessions.get(instance.id));
	};

	addRoute(server, 'getInstance', {
		tag: 'Instance',
		schema: { response: { 200: INSTANCE_VIEW } },
		handler: (request, reply) => reply.send(viewOf(request)),
	});

	const addTransition = (
		name: 'connect' | 'restart' | 'logout',
		move: (session: SessionPort) => Promise<void>,
	) => {
		addRoute(server, name, {
			tag: 'Instance',
			schema: { response: { 200: INSTANCE_VIEW } },
			async handler(request, reply) {
				await move(sessionOf(parts, request));
				return reply.send(viewOf(request));
			},
		});
	};
	addTransition('connect', (session) => session.connect());
	addTransition('restart', (session) => session.restart());
	addTransition('logout', (session) => session.logout());
}
