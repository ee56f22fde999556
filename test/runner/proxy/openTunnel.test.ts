import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { AddressGuard } from '../../../runner/address';
import { openTunnel } from '../../../runner/proxy/openTunnel';
import { readProxyAddress } from '../../../runner/proxy/ProxyAddress';
import { ProxyError } from '../../../runner/proxy/ProxyError';
import { FakeProxy, type FakeProxyOptions } from '../../fakes/FakeProxy';

const LOGIN = { user: 'me', password: 'hidden-word' };

describe('a tunnel through a proxy', () => {
	const trusted = getCACertificates('default');
	const stops: Array<() => Promise<unknown>> = [];
	afterEach(async () => {
		setDefaultCACertificates(trusted);
		for (const stop of stops.splice(0)) await stop();
	});

	const start = async (options: FakeProxyOptions) => {
		const proxy = await FakeProxy.start(options);
		stops.push(() => proxy.stop());
		if (proxy.certificate) setDefaultCACertificates([...trusted, proxy.certificate]);
		return proxy;
	};
	/** A server that says the same to everybody. */
	const startServer = async (words: string): Promise<Server> => {
		const server = createServer((socket) => {
			socket.on('error', () => undefined);
			socket.once('data', () => socket.end(words));
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		stops.push(async () => server.close());
		return server;
	};
	const portOf = (server: Server) => (server.address() as AddressInfo).port;
	const open = (url: string, { timeoutMs = 5_000 } = {}) =>
		openTunnel(readProxyAddress(url), {
			host: 'g.whatsapp.example',
			port: 443,
			lookup: undefined,
			timeoutMs,
		});

	test.each(['http', 'https', 'socks5'] as const)(
		'%s: the proxy looks the name up, and the bytes go both ways',
		async (kind) => {
			const proxy = await start({ kind, login: LOGIN });
			const server = await startServer('answer');
			proxy.routes.set('g.whatsapp.example:443', `127.0.0.1:${portOf(server)}`);
			const socket = await open(proxy.url());
			socket.write('question');
			const [answer] = (await once(socket, 'data')) as [Buffer];
			expect(String(answer)).toBe('answer');
			expect(proxy.tunnels).toEqual(['g.whatsapp.example:443']);
			socket.destroy();
		},
	);

	test.each<[FakeProxyOptions['kind'], number, RegExp]>([
		['http', 403, /refuses connections to WhatsApp \(it answered 403\); allow them/],
		['https', 502, /could not connect to WhatsApp \(it answered 502\)/],
		['http', 407, /refuses the user or password \(407\)/],
		['socks5', 2, /refuses connections to WhatsApp; allow them/],
		['socks5', 4, /could not connect to WhatsApp/],
	])('%s proxy that answers %d: told as what it is', async (kind, answer, reason) => {
		const proxy = await start({ kind, login: LOGIN });
		proxy.refuseWith = answer;
		await expect(open(proxy.url())).rejects.toThrow(reason);
		await expect(open(proxy.url())).rejects.toBeInstanceOf(ProxyError);
	});

	test.each(['http', 'https', 'socks5'] as const)(
		'%s proxy with another password: refused, and neither is in the words',
		async (kind) => {
			const proxy = await start({ kind, login: LOGIN });
			const opening = open(proxy.url({ ...LOGIN, password: 'other-word' }));
			await expect(opening).rejects.toThrow(/^the proxy 127\.0\.0\.1:\d+ refuses the user or pass/);
			await expect(open(proxy.url(null))).rejects.toThrow(/refuses the user|wants a user/);
			await expect(opening).rejects.not.toThrow(/hidden-word|other-word|me:/);
		},
	);

	test.each(['http', 'https', 'socks5'] as const)(
		'%s proxy that is not there, is silent, or is something else',
		async (kind) => {
			const proxy = await start({ kind });
			proxy.isSilent = true;
			await expect(open(proxy.url(), { timeoutMs: 100 })).rejects.toThrow(
				/did not answer within 0.1 s; check its address, kind and port/,
			);
			const other = await startServer('220 mail.example ESMTP\r\n');
			const { port } = new URL(`${kind}://127.0.0.1:${portOf(other)}`);
			await expect(open(`${kind}://127.0.0.1:${port}`)).rejects.toThrow(
				kind === 'https' ? /cannot be reached/ : /does not (speak SOCKS5|answer as an HTTP proxy)/,
			);
			const url = proxy.url();
			await proxy.stop();
			await expect(open(url)).rejects.toThrow(/cannot be reached: The connection was refused/);
		},
	);

	test('a proxy over TLS that is not trusted is not told the password', async () => {
		const proxy = await start({ kind: 'https', login: LOGIN });
		setDefaultCACertificates(trusted);
		await expect(open(proxy.url())).rejects.toThrow(/cannot be reached: The certificate is self-s/);
		expect(proxy.tunnels).toEqual([]);
	});

	test.each(['http', 'socks5'] as const)(
		'a name that leads to a private address is not dialled for an instance (%s)',
		async (kind) => {
			const guard = new AddressGuard({
				allowHttpHosts: [],
				allowPrivateHosts: [],
				resolve: (_name, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
			});
			const proxy = await start({ kind });
			const { port } = new URL(proxy.url());
			const opening = openTunnel(readProxyAddress(`${kind}://proxy.example:${port}`), {
				host: 'g.whatsapp.example',
				port: 443,
				lookup: guard.lookupFor(`https://proxy.example:${port}`, { allowLoopback: false }),
				timeoutMs: 5_000,
			});
			await expect(opening).rejects.toThrow(/cannot be reached: The host name leads to a private/);
		},
	);
});
