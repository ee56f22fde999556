import { getHttpStream } from '@whiskeysockets/baileys';
import { readProxyAddress } from '../../../../runner/proxy/ProxyAddress';
import { WhatsAppProxy } from '../../../../runner/proxy/WhatsAppProxy';
import {
	teachFetchProxies,
	toFetchOptions,
} from '../../../../runner/whatsapp/media/teachFetchProxies';
import { FakeProxy } from '../../../fakes/FakeProxy';
import { TestMediaHost } from './TestMediaHost';

describe('what Baileys fetches itself', () => {
	let host: TestMediaHost;
	let proxy: FakeProxy;
	beforeAll(async () => {
		teachFetchProxies();
		host = await TestMediaHost.start();
		proxy = await FakeProxy.start({ kind: 'socks5' });
	});
	afterAll(async () => {
		await proxy.stop();
		await host.stop();
	});

	const read = async (options: RequestInit) => {
		const chunks: Buffer[] = [];
		const stream = await getHttpStream(`https://${host.name}/history`, options);
		for await (const chunk of stream) chunks.push(chunk as Buffer);
		return Buffer.concat(chunks).toString();
	};
	const through = () => toFetchOptions(new WhatsAppProxy(readProxyAddress(proxy.url())));

	test('goes through the proxy, and its bytes and its refusals come back', async () => {
		host.serve(Buffer.from('a history'));
		expect(await read(through())).toBe('a history');
		expect(proxy.tunnels).toEqual([host.name]);
		host.answer = (_, response) => response.writeHead(404).end();
		await expect(read(through())).rejects.toMatchObject({ output: { statusCode: 404 } });
	});

	test('never goes past a proxy that refuses', async () => {
		host.serve(Buffer.from('a history'));
		const before = host.requests.length;
		proxy.refuseWith = 2;
		await expect(read(through())).rejects.toThrow(/refuses connections to WhatsApp/);
		expect(host.requests).toHaveLength(before);
	});
});
