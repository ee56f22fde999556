import type { InstanceView } from '../../contract';
import type { SessionPort } from '../sessions/SessionPort';
import type { InstanceRecord } from './InstanceStore';

/** An instance as the API shows it. Without a session it is `stopped`. */
export function toInstanceView(
	{ id, name }: InstanceRecord,
	session: SessionPort | undefined,
): InstanceView {
	if (!session) {
		const since = new Date(0).toISOString();
		return { id, name, state: 'stopped', number: null, pushName: null, since, lastError: null };
	}
	const { state, number, pushName, since, lastError } = session.status();
	return { id, name, state, number, pushName, since: new Date(since).toISOString(), lastError };
}
