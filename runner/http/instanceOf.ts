import type { FastifyRequest } from 'fastify';
import { ApiError } from '../ApiError';
import type { InstanceRecord } from '../instances/InstanceStore';
import type { SessionPort, SessionsPort } from '../sessions/SessionPort';

/** The instance the call was authenticated for. */
export function instanceOf(request: Pick<FastifyRequest, 'instance'>): InstanceRecord {
	if (!request.instance)
		throw new Error('This route has no instance: its access is not "instance".');
	return request.instance;
}

/** Its session. Throws `engine_down` when it has none. */
export function sessionOf(
	{ sessions }: { sessions: SessionsPort },
	request: Pick<FastifyRequest, 'instance'>,
): SessionPort {
	const session = sessions.get(instanceOf(request).id);
	if (!session) throw new ApiError('engine_down');
	return session;
}
