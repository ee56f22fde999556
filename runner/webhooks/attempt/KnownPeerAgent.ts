import { Agent, type AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { KnownCertificates } from '../../../contract';

/** A server on loopback showed a certificate that is neither trusted nor n8n's. */
class UnknownPeerError extends Error {
	readonly code = 'ERR_PARENT_CERTIFICATE';
}

/**
 * Connections to this machine: beside what Node trusts, the very certificate that n8n serves with is
 * believed, as it is for the name of n8n's public address and often signed by itself. Each connection
 * is judged as soon as its handshake is over, where Node would judge it, before anything is sent.
 */
export class KnownPeerAgent extends Agent {
	constructor(
		options: AgentOptions,
		private readonly known: KnownCertificates,
	) {
		super({ ...options, maxCachedSessions: 0 });
	}

	override createConnection(
		...[options, callback]: Parameters<Agent['createConnection']>
	): ReturnType<Agent['createConnection']> {
		const socket = super.createConnection({ ...options, rejectUnauthorized: false }, callback);
		if (!isTls(socket)) throw new UnknownPeerError();
		socket.prependOnceListener('secureConnect', () => {
			const isBelieved = socket.authorized || this.known.includes(socket.getPeerX509Certificate());
			if (!isBelieved) socket.destroy(new UnknownPeerError());
		});
		return socket;
	}
}

function isTls(socket: Duplex | null | undefined): socket is TLSSocket {
	return socket instanceof TLSSocket;
}
