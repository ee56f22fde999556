import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDeliveryUrl } from '../../../nodes/embedded/findDeliveryUrl';
import { createSelfSignedCertificate } from '../../simulator/media/selfSignedCertificate';

const path = '/webhook/id/webhook';

describe('findDeliveryUrl', () => {
	const { certificate, key } = createSelfSignedCertificate('n8n.example');
	let folder: string;
	let server: Server;
	let env: NodeJS.ProcessEnv;
	let requests = 0;

	beforeEach(async () => {
		requests = 0;
		folder = mkdtempSync(join(tmpdir(), 'delivery-url-'));
		server = createServer({ cert: certificate, key }, (_request, response) => {
			requests += 1;
			response.end();
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		env = {
			N8N_PROTOCOL: 'https',
			N8N_SSL_KEY: join(folder, 'key.pem'),
			N8N_SSL_CERT: join(folder, 'certificate.pem'),
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_PORT: String((server.address() as AddressInfo).port),
		};
	});
	afterEach(async () => {
		server.closeAllConnections();
		server.close();
		await once(server, 'close');
		rmSync(folder, { recursive: true });
	});

	const find = (origin: string) => findDeliveryUrl(origin + path, { isTest: false, env });
	const stopListening = () => void (env.N8N_LISTEN_ADDRESS = '192.0.2.1');

	it('is loopback when n8n itself serves TLS, for whatever name its certificate is', async () => {
		writeFileSync(join(folder, 'certificate.pem'), certificate);
		const local = `https://127.0.0.1:${env.N8N_PORT}${path}`;
		await expect(find('https://n8n.example')).resolves.toBe(local);
		expect(requests).toBe(1);
	});

	it('takes who answers there with another certificate for somebody else, and tells them nothing', async () => {
		const other = createSelfSignedCertificate('n8n.example');
		writeFileSync(join(folder, 'certificate.pem'), other.certificate);
		await expect(find('https://n8n.example')).resolves.toBe(`https://n8n.example${path}`);
		expect(requests).toBe(0);
	});

	it.each(['http://192.168.1.5:5678', 'http://10.0.0.5', 'http://[fd00::5]:5678'])(
		'is n8n’s own address without TLS where that is private: %s',
		async (origin) => {
			stopListening();
			await expect(find(origin)).resolves.toBe(origin + path);
		},
	);

	it.each(['http://8.8.8.8', 'http://unknown.invalid'])(
		'is no public or unknown address without TLS, and says what to do: %s',
		async (origin) => {
			stopListening();
			await expect(find(origin)).rejects.toThrow(/not https.*set WEBHOOK_URL/);
		},
	);
});
