import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecret } from '../../../contract';
import { AddressGuard } from '../../../runner/address';
import { systemClock } from '../../../runner/Clock';
import { readParentCertificates } from '../../../runner/webhooks/attempt/readParentCertificates';
import { ReceiverCaller } from '../../../runner/webhooks/ReceiverCaller';
import type { Receiver } from '../../../runner/webhooks/receivers/Receiver';
import { createSelfSignedCertificate } from '../../simulator/media/selfSignedCertificate';

describe('an n8n that serves TLS itself, with a certificate for its public name', () => {
	const first = createSelfSignedCertificate('n8n.example');
	const renewed = createSelfSignedCertificate('n8n.example');
	let folder: string;
	let server: Server;
	let callers: ReceiverCaller[];
	let requests = 0;

	beforeEach(async () => {
		requests = 0;
		callers = [];
		folder = mkdtempSync(join(tmpdir(), 'parent-certificate-'));
		write(first.certificate);
		server = createServer({ cert: first.certificate, key: first.key }, (request, response) => {
			requests += 1;
			request.resume().on('end', () => response.end('ok'));
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
	});
	afterEach(async () => {
		for (const caller of callers) caller.destroy();
		server.closeAllConnections();
		server.close();
		await once(server, 'close');
		rmSync(folder, { recursive: true });
	});

	const write = (pem: string) => writeFileSync(join(folder, 'certificate.pem'), pem);
	const serve = ({ certificate, key }: typeof first) =>
		server.setSecureContext({ cert: certificate, key });

	function createCaller(isEmbedded = true): ReceiverCaller {
		const guard = new AddressGuard({
			allowPrivateHosts: isEmbedded ? [] : ['127.0.0.1'],
			allowHttpHosts: [],
			resolve: (_name, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
		});
		const caller = new ReceiverCaller({
			guard,
			clock: systemClock,
			isEmbedded,
			parentCertificates: readParentCertificates(join(folder, 'certificate.pem')),
			attemptTimeoutMs: 5000,
		});
		callers.push(caller);
		return caller;
	}

	async function deliver(caller: ReceiverCaller, host = '127.0.0.1') {
		const receiver: Receiver = {
			key: 'subscription:1',
			instanceId: '1',
			kind: 'subscription',
			url: `https://${host}:${(server.address() as AddressInfo).port}/`,
			events: new Set(['received']),
			filters: undefined,
			secrets: { current: createSecret(), previous: [] },
			disabled: null,
		};
		return await caller.call(receiver, { eventId: 'e1', body: '{}' });
	}

	test.each(['127.0.0.1', 'localhost'])('is delivered to on %s', async (host) => {
		expect(await deliver(createCaller(), host)).toMatchObject({ kind: 'success' });
		expect(requests).toBe(1);
	});

	test('is delivered to after a renewal, both before and after n8n has taken it up', async () => {
		const caller = createCaller();
		write(renewed.certificate);
		expect(await deliver(caller)).toMatchObject({ kind: 'success' });
		caller.destroy();
		serve(renewed);
		expect(await deliver(caller)).toMatchObject({ kind: 'success' });
	});

	test('another certificate on loopback is refused in words, and nothing is sent to it', async () => {
		serve(renewed);
		expect(await deliver(createCaller())).toMatchObject({
			kind: 'network',
			error: expect.stringMatching(/certificate is neither trusted nor the one that N8N_SSL_CERT/),
		});
		expect(requests).toBe(0);
	});

	test('nothing is believed, and nobody kept from it, while the file cannot be read', async () => {
		rmSync(join(folder, 'certificate.pem'));
		const caller = createCaller();
		expect(await deliver(caller)).toMatchObject({ kind: 'network' });
		write('half a certif');
		expect(await deliver(caller)).toMatchObject({ kind: 'network' });
		write(first.certificate);
		expect(await deliver(caller)).toMatchObject({ kind: 'success' });
	});

	test('on any other name the certificate counts for as little as any, loopback behind it or not', async () => {
		expect(await deliver(createCaller(), 'runner.example')).toMatchObject({
			kind: 'network',
			error: expect.stringMatching(/self-signed/),
		});
		expect(requests).toBe(0);
	});

	test('for a runner that n8n did not start it does not count at all', async () => {
		expect(await deliver(createCaller(false))).toMatchObject({ kind: 'network' });
		expect(requests).toBe(0);
	});
});
