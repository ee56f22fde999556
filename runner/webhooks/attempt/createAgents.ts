import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { KnownCertificates } from '../../../contract';
import { KnownPeerAgent } from './KnownPeerAgent';

/** A receiver's own connections, so that one receiver can never use up another's. */
export interface Agents {
	http: HttpAgent;
	https: HttpsAgent;
	/** Closes every connection. */
	destroy(): void;
}

/** Idle connections are closed after this long, so that a NAT does not forget them before we do. */
const IDLE_SOCKET_MS = 30_000;

interface AgentsOptions {
	lookup: LookupFunction;
	maxSockets: number;
	/** For an address on loopback: certificates that are believed without their name and chain. */
	known?: KnownCertificates | undefined;
}

/** Keep-alive agents that dial through `lookup`, with at most `maxSockets` connections each. */
export function createAgents(options: AgentsOptions): Agents {
	// `lookup` reaches net.connect through the agent's options; Node's types leave it out.
	const agentOptions: AgentOptions & { lookup: LookupFunction } = {
		keepAlive: true,
		maxSockets: options.maxSockets,
		maxFreeSockets: options.maxSockets,
		scheduling: 'lifo',
		timeout: IDLE_SOCKET_MS,
		lookup: options.lookup,
	};
	const http = new HttpAgent(agentOptions);
	const https = options.known
		? new KnownPeerAgent(agentOptions, options.known)
		: new HttpsAgent(agentOptions);
	return {
		http,
		https,
		destroy() {
			http.destroy();
			https.destroy();
		},
	};
}
