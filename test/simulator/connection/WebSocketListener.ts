import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import type { SimulatorContext } from '../SimulatorContext';
import { admitClient } from './admitClient';
import { NodeSocket } from './NodeSocket';

/** The port clients connect to. */
export class WebSocketListener {
	private readonly http = createServer((_, response) => response.writeHead(404).end());
	private readonly webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
	private readonly sockets = new Set<Socket>();

	constructor(private readonly context: SimulatorContext) {
		this.http.on('connection', (socket) => {
			this.sockets.add(socket);
			socket.on('close', () => this.sockets.delete(socket));
		});
		this.http.on('upgrade', (request, socket, head) => {
			this.upgrade(request, socket as Socket, head);
		});
	}

	/** Listens on 127.0.0.1. */
	async start(port: number): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.http.once('error', reject);
			this.http.listen(port, '127.0.0.1', resolve);
		});
	}

	/** Ends all connections and frees the port. */
	async stop(): Promise<void> {
		for (const socket of this.sockets) socket.destroy();
		await new Promise((resolve) => this.http.close(resolve));
	}

	/** `ws://127.0.0.1:PORT` */
	get url(): string {
		return `ws://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
	}

	private upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
		const { holdUpgrades, refuseUpgrades } = this.context.faults;
		if (holdUpgrades) return;
		if (refuseUpgrades !== undefined) {
			socket.end(`HTTP/1.1 ${refuseUpgrades} Refused\r\nConnection: close\r\n\r\n`);
			return;
		}
		this.webSockets.handleUpgrade(request, socket, head, (webSocket) => {
			this.context.counters.connections++;
			this.context.events.emit('connection');
			new NodeSocket(this.context, webSocket, socket, (nodeSocket, client) =>
				admitClient(this.context, nodeSocket, client),
			);
		});
	}
}
