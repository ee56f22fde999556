import { lookup } from 'node:dns';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createSecret } from '../../../../contract';
import { type Agents, createAgents } from '../../../../runner/webhooks/attempt/createAgents';
import { deliverWebhook } from '../../../../runner/webhooks/attempt/deliverWebhook';
import { createSelfSignedCertificate } from '../../../simulator/media/selfSignedCertificate';

describe('deliverWebhook over TLS', () => {
	const { certificate, key } = createSelfSignedCertificate();
	const trusted = getCACertificates('default');
	let server: Server;
	let agents: Agents;
	let connections = 0;

	beforeEach(async () => {
		connections = 0;
		agents = createAgents({ lookup, maxSockets: 8 });
		server = createServer({ cert: certificate, key }, (request, response) => {
			request.resume().on('end', () => response.end('ok'));
		});
		server.on('secureConnection', () => (connections += 1));
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
	});
	afterEach(async () => {
		setDefaultCACertificates(trusted);
		agents.destroy();
		server.closeAllConnections();
		server.close();
		await once(server, 'close');
	});

	const deliver = (host = '127.0.0.1') =>
		deliverWebhook({
			url: `https://${host}:${(server.address() as AddressInfo).port}/`,
			body: '{}',
			eventId: 'e1',
			secrets: [createSecret()],
			agents,
			timeoutMs: 5000,
			nowMs: Date.now(),
		});

	test('a certificate that nobody vouches for is refused, and the error says so', async () => {
		expect(await deliver()).toMatchObject({
			kind: 'network',
			status: null,
			error: expect.stringMatching(/certificate is self-signed/) as string,
		});
		expect(connections).toBe(0);
	});

	test('what Node trusts is trusted, for addresses and names, over a connection that is kept', async () => {
		setDefaultCACertificates([...trusted, certificate]);
		expect(await deliver()).toMatchObject({ kind: 'success' });
		expect(await deliver()).toMatchObject({ kind: 'success' });
		expect(connections).toBe(1);
		expect(await deliver('localhost')).toMatchObject({ kind: 'success' });
	});
});
