import { randomBytes } from 'node:crypto';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { readProxyAddress } from '../../../runner/proxy/ProxyAddress';
import { FakeProxy, type FakeProxyOptions } from '../../fakes/FakeProxy';
import { sendFile } from './sending/sendFile';
import { INSTANCE, SessionRig } from './SessionRig';

const LOGIN = { user: 'me', password: 'p@ss:w%rd' };

describe('a session behind a proxy', () => {
	const trusted = getCACertificates('default');
	let rig: SessionRig;
	let proxy: FakeProxy;
	beforeEach(async () => {
		rig = await SessionRig.create();
	});
	afterEach(async () => {
		await rig.remove();
		await proxy.stop();
		setDefaultCACertificates(trusted);
	});

	const start = async (options: FakeProxyOptions) => {
		proxy = await FakeProxy.start(options);
		const { certificate } = proxy;
		if (certificate) setDefaultCACertificates([...getCACertificates('default'), certificate]);
		return proxy;
	};

	const use = (url: string) => rig.settings.change(INSTANCE, { proxyUrl: url });

	test.each<FakeProxyOptions>([
		{ kind: 'http' },
		{ kind: 'http', login: LOGIN },
		{ kind: 'https', login: LOGIN },
		{ kind: 'socks5' },
		{ kind: 'socks5', login: LOGIN },
	])('%j: links, sends and moves files through it alone', async (options) => {
		await start(options);
		await use(proxy.url());
		await rig.link();
		const contact = rig.simulator.createContact({ number: '15550002222' });
		const { messageId } = await rig.send('15550002222', 'hello');
		await contact.receive((message) => message.id === messageId);

		const content = randomBytes(20_000);
		await contact.sendMedia(rig.phone, 'document', content, { fileName: 'a.bin' });
		await rig.event('received');
		const sha256 = rig.of('received')[0]!.media!.sha256;
		await rig.until(() => rig.media.find(sha256), 'the file');
		await sendFile(rig, contact.pn, { kind: 'document', bytes: content, fileName: 'b.bin' });

		const whatsapp = new URL(rig.simulator.url).host;
		expect(new Set(proxy.tunnels)).toEqual(new Set([whatsapp, rig.simulator.media.host]));
		expect(proxy.tunnels.filter((place) => place === rig.simulator.media.host)).toHaveLength(2);
		expect(rig.simulator.counters.connections).toBe(
			proxy.tunnels.filter((place) => place === whatsapp).length,
		);
	});

	test('the runner’s own is used where the instance has none, and not where it has one', async () => {
		await start({ kind: 'socks5' });
		const ofRunner = await FakeProxy.start({ kind: 'http' });
		rig.runnerProxy = readProxyAddress(ofRunner.url());
		await rig.link();
		expect([ofRunner.tunnels.length, proxy.tunnels.length]).toEqual([2, 0]);
		await use(proxy.url());
		await rig.session.renewConnection();
		await rig.until(() => proxy.tunnels.length === 1, 'the other proxy');
		await rig.untilState('connected');
		await use('http://127.0.0.1:1');
		await rig.settings.change(INSTANCE, { proxyUrl: null });
		await rig.session.renewConnection();
		await rig.until(() => ofRunner.tunnels.length === 3, 'the runner’s proxy');
		await rig.untilState('connected');
		await ofRunner.stop();
	});

	test('a wrong password is told as that, until the right one is set; neither is in a log', async () => {
		await start({ kind: 'http', login: LOGIN });
		await rig.link();
		await use(proxy.url({ user: 'me', password: 'other-word' }));
		await rig.session.renewConnection();
		const { lastError } = await rig.until(() => {
			const status = rig.session.status();
			return status.lastError === null ? undefined : status;
		}, 'an error');
		expect(rig.session.status().state).toBe('reconnecting');
		expect(lastError).toMatch(/^the proxy 127\.0\.0\.1:\d+ refuses the user or password \(407\)/);
		await use(proxy.url());
		await rig.session.renewConnection();
		await rig.untilState('connected');
		expect(rig.session.status().lastError).toBeNull();
		expect(rig.logLines.join('')).not.toMatch(/other-word|p@ss|p%40ss/);
	});

	test('a proxy that is gone is tried again with pauses, and is what a QR code waits for', async () => {
		await start({ kind: 'socks5' });
		const url = proxy.url();
		await proxy.stop();
		await use(url);
		await rig.session.connect();
		await rig.until(() => rig.session.status().lastError !== null, 'the reason');
		await expect(rig.session.waitForQr({ timeoutMs: 1 })).rejects.toMatchObject({
			code: 'qr_not_ready',
			hint: expect.stringMatching(/^the proxy 127\.0\.0\.1:\d+ cannot be reached/),
		});
		expect(rig.simulator.counters.connections).toBe(0);
	});

	test('a proxy that falls silent while a file is sent: the send goes on once it is back', async () => {
		await start({ kind: 'http' });
		await use(proxy.url());
		await rig.link();
		const contact = rig.simulator.createContact({ number: '15550002222' });
		proxy.refuseWith = 503;
		const bytes = randomBytes(1_000);
		const sending = sendFile(rig, contact.pn, { kind: 'document', bytes, fileName: 'b.bin' });
		proxy.cut();
		await rig.until(() => rig.session.status().lastError?.includes('503'), 'the refusal');
		proxy.refuseWith = undefined;
		const { messageId } = await sending;
		await contact.receive((message) => message.id === messageId);
	});
});
