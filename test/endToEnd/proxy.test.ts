import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PNG } from '../fakes/FakeRunner';
import { FakeProxy } from '../fakes/FakeProxy';
import { startSimulator, type Contact, type Phone, type Simulator } from '../simulator';
import { RunnerProcess } from './RunnerProcess';
import { WebhookReceiver } from './WebhookReceiver';

describe('a runner with AWW_PROXY_URL', () => {
	const receiver = new WebhookReceiver();
	const files = createServer((_, response) => response.end(Buffer.from(PNG, 'base64')));
	let simulator: Simulator;
	let proxy: FakeProxy;
	let runner: RunnerProcess;
	let phone: Phone;
	let contact: Contact;

	beforeAll(async () => {
		simulator = await startSimulator();
		await receiver.start();
		await once(files.listen(0, '127.0.0.1'), 'listening');
		const login = { user: 'me', password: 'hidden-word' };
		proxy = await FakeProxy.start({ kind: 'socks5', login });
		runner = new RunnerProcess({ simulator, env: { AWW_PROXY_URL: proxy.url() } });
		await runner.start();
		await runner.createInstance('shop', { received: receiver.url });
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		contact = simulator.createContact({ number: '15550002222', name: 'Ann' });
	});
	afterAll(async () => {
		await runner.remove();
		await Promise.all([simulator.stop(), proxy.stop(), receiver.stop()]);
		files.close();
	});

	test('reaches WhatsApp through it, and calls webhooks and other hosts directly', async () => {
		const { body } = await runner.call<{ qr: string }>('GET', '/api/instance/qr?wait=20');
		const device = await phone.scan(body.qr);
		await device.whenOnline();
		await contact.sendText(phone, 'hello');
		await receiver.until(() => receiver.of('received')[0], 'the message');
		const image = `http://127.0.0.1:${(files.address() as AddressInfo).port}/a.png`;
		const { status } = await runner.call('POST', '/api/image', { number: contact.number, image });
		expect(status).toBe(200);
		await contact.receive();
		const whatsapp = [new URL(simulator.url).host, simulator.media.host];
		expect(new Set(proxy.tunnels)).toEqual(new Set(whatsapp));
		expect(simulator.counters.connections).toBe(
			proxy.tunnels.filter((place) => place === whatsapp[0]).length,
		);
		expect(runner.log).not.toContain('hidden-word');
	});
});
