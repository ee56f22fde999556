import type { ClientRequestArgs } from 'node:http';
import { Agent } from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { openTunnel } from './openTunnel';
import type { ProxyAddress } from './ProxyAddress';

/** Shorter than any wait for WhatsApp, so that the proxy is named and not WhatsApp. */
const TIMEOUT_MS = 10_000;

interface WhatsAppProxyOptions {
	/** For the proxy's host: where its address must not be any. */
	lookup?: LookupFunction;
	timeoutMs?: number;
}

/** A proxy as connections to WhatsApp and its media hosts take it. */
export class WhatsAppProxy {
	/** For https: and wss: */
	readonly secureAgent: Agent;
	/** For ws: of a simulator. */
	readonly plainAgent: Agent;

	constructor(address: ProxyAddress, options: WhatsAppProxyOptions = {}) {
		this.secureAgent = new TunnelAgent(address, { ...options, isSecure: true });
		this.plainAgent = new TunnelAgent(address, { ...options, isSecure: false });
	}

	agentFor(url: string): Agent {
		return /^ws:/i.test(url) ? this.plainAgent : this.secureAgent;
	}
}

/** Makes each connection of its own, through the proxy. */
class TunnelAgent extends Agent {
	constructor(
		private readonly address: ProxyAddress,
		private readonly how: WhatsAppProxyOptions & { isSecure: boolean },
	) {
		super({ keepAlive: false });
		// Node compares it with that of the URL.
		Object.assign(this, { protocol: how.isSecure ? 'https:' : 'http:' });
	}

	/** Answers through `created`, as Node lets agents do. */
	override createConnection(...[options, created]: Parameters<Agent['createConnection']>): null {
		this.dial(options).then(
			(socket) => created?.(null, socket),
			// With an error nothing is looked at but the error.
			(error: Error) => (created as ((error: Error) => void) | undefined)?.(error),
		);
		return null;
	}

	private async dial(options: ClientRequestArgs): Promise<Socket> {
		const { lookup, timeoutMs = TIMEOUT_MS, isSecure } = this.how;
		const host = String(options.host);
		const port = Number(options.port ?? options.defaultPort);
		const socket = await openTunnel(this.address, { host, port, lookup, timeoutMs });
		if (!isSecure) return socket;
		return connectTls({
			ALPNProtocols: ['http/1.1'],
			...(options as ConnectionOptions),
			socket,
		});
	}
}
