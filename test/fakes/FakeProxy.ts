import { once } from 'node:events';
import {
	connect,
	createServer as createTcpServer,
	type AddressInfo,
	type Server,
	type Socket,
} from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createSelfSignedCertificate } from '../simulator/media/selfSignedCertificate';
import { greetSocksClient } from './greetSocksClient';

export interface FakeProxyOptions {
	kind: 'http' | 'https' | 'socks5';
	/** Anybody may use it when absent. */
	login?: { user: string; password: string };
}

/** A small real proxy on loopback: HTTP CONNECT, the same over TLS, or SOCKS5. */
export class FakeProxy {
	/** Where connections through it have led: `host:port`, names as they came. */
	readonly tunnels: string[] = [];
	/** Where names lead that only this proxy knows, by `host:port`. */
	readonly routes = new Map<string, string>();
	/** Refuses whatever it is asked, by this status of HTTP or reply of SOCKS5. */
	refuseWith: number | undefined;
	/** Takes connections and never says anything. */
	isSilent = false;
	private readonly sockets = new Set<Socket>();

	private constructor(
		private readonly options: FakeProxyOptions,
		private readonly server: Server,
		/** PEM that clients have to trust, of a proxy over TLS. */
		readonly certificate: string | undefined,
	) {}

	/** Listens on any free port of 127.0.0.1. */
	static async start(options: FakeProxyOptions): Promise<FakeProxy> {
		const { certificate, key } = createSelfSignedCertificate();
		const server =
			options.kind === 'socks5'
				? createTcpServer()
				: options.kind === 'https'
					? createHttpsServer({ cert: certificate, key })
					: createHttpServer();
		const isTls = options.kind === 'https';
		const proxy = new FakeProxy(options, server, isTls ? certificate : undefined);
		server.on('connection', (socket: Socket) => proxy.keep(socket));
		if (options.kind === 'socks5') {
			server.on('connection', (socket: Socket) => void proxy.serveSocks(socket));
		} else {
			server.on('connect', (request: { url: string; headers: Headers }, socket: Socket) =>
				proxy.serveConnect(request, socket),
			);
		}
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return proxy;
	}

	/** Its URL, with the login it wants unless another is given; `null` for none. */
	url(login: FakeProxyOptions['login'] | null = this.options.login): string {
		const { port } = this.server.address() as AddressInfo;
		const who = login
			? `${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}@`
			: '';
		return `${this.options.kind}://${who}127.0.0.1:${port}`;
	}

	/** Ends all that goes through it. */
	cut(): void {
		for (const socket of this.sockets) socket.destroy();
	}

	async stop(): Promise<void> {
		const closed = new Promise((resolve) => this.server.close(resolve));
		this.cut();
		await closed;
	}

	private keep(socket: Socket): void {
		this.sockets.add(socket);
		socket.on('error', () => undefined);
		socket.on('close', () => this.sockets.delete(socket));
	}

	private serveConnect({ url, headers }: { url: string; headers: Headers }, socket: Socket): void {
		if (this.isSilent) return;
		const { login } = this.options;
		const expected = login && Buffer.from(`${login.user}:${login.password}`).toString('base64');
		if (expected && headers['proxy-authorization'] !== `Basic ${expected}`) {
			socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n');
		} else if (this.refuseWith) {
			socket.end(`HTTP/1.1 ${this.refuseWith} No\r\ncontent-length: 0\r\n\r\n`);
		} else {
			this.join(url, socket, () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
		}
	}

	private async serveSocks(socket: Socket): Promise<void> {
		if (this.isSilent) return;
		const wanted = await greetSocksClient(socket, this.options.login);
		if (wanted === undefined) return;
		const reply = (code: number) => socket.write(Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]));
		if (this.refuseWith !== undefined) {
			reply(this.refuseWith);
			socket.end();
		} else {
			this.join(wanted, socket, () => reply(0));
		}
	}

	private join(wanted: string, socket: Socket, welcome: () => void): void {
		this.tunnels.push(wanted);
		const { hostname, port } = new URL(`tcp://${this.routes.get(wanted) ?? wanted}`);
		const other = connect(Number(port), hostname);
		this.keep(other);
		other.once('connect', () => {
			welcome();
			socket.pipe(other).pipe(socket);
		});
		other.once('close', () => socket.destroy());
		socket.once('close', () => other.destroy());
	}
}

type Headers = Record<string, string | undefined>;
