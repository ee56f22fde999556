import type { SimulatorContext } from '../SimulatorContext';
import type { NoiseResult } from '../noise/NoiseServer';
import { element } from '../stanzas/element';
import { LoggedInClient } from './LoggedInClient';
import type { ConnectionRole, NodeSocket } from './NodeSocket';
import { UnlinkedClient } from '../pairing/UnlinkedClient';

/** WhatsApp's reason for "not or no longer linked". */
const NOT_LINKED = 401;

/** Lets a client in by what its payload says: to be linked, or to log in with a known Noise key. */
export function admitClient(
	context: SimulatorContext,
	socket: NodeSocket,
	{ payload, clientStaticKey }: NoiseResult,
): ConnectionRole {
	if (payload.devicePairingData) {
		return UnlinkedClient.start(context, socket, { payload, clientStaticKey });
	}
	const phone = context.directory.findPhone(String(payload.username));
	const device = phone?.devices.find(({ id }) => id === payload.device);
	const known = device?.noiseKey.equals(clientStaticKey) ? device : undefined;
	const reason = context.faults.failLogins ?? (known ? undefined : NOT_LINKED);
	if (!known || reason !== undefined) return refuse(context, socket, reason ?? NOT_LINKED);
	return LoggedInClient.start(context, socket, known);
}

function refuse(context: SimulatorContext, socket: NodeSocket, reason: number): ConnectionRole {
	context.counters.refusedLogins++;
	socket.send(element('failure', { reason, location: 'sim' }));
	socket.drop('close');
	return { receive: () => undefined, closed: () => undefined };
}
