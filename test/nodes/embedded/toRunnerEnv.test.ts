import { resolve } from 'node:path';
import { toRunnerEnv } from '../../../nodes/embedded/toRunnerEnv';

describe('toRunnerEnv', () => {
	it('keeps everything of n8n’s to itself', () => {
		const env = toRunnerEnv(
			{
				N8N_ENCRYPTION_KEY: 'secret',
				DB_POSTGRESDB_PASSWORD: 'secret',
				QUEUE_BULL_REDIS_PASSWORD: 'secret',
				NODE_OPTIONS: '--inspect',
				PATH: '/bin',
				https_proxy: 'http://proxy:3128',
				AWW_LOG_LEVEL: 'debug',
			},
			'/data',
		);
		expect(env).toEqual({
			PATH: '/bin',
			https_proxy: 'http://proxy:3128',
			AWW_LOG_LEVEL: 'debug',
			AWW_EMBEDDED: '1',
			AWW_HOST: '127.0.0.1',
			AWW_PORT: '0',
			AWW_DATA_DIR: '/data',
		});
	});

	it('hands on which addresses n8n’s operator lets be called', () => {
		const rules = {
			N8N_SSRF_PROTECTION_ENABLED: 'true',
			N8N_SSRF_BLOCKED_IP_RANGES: 'default,100.64.0.0/10',
			N8N_SSRF_ALLOWED_IP_RANGES: '10.1.0.0/16',
			N8N_SSRF_BLOCKED_HOSTNAMES: '*.evil.example',
			N8N_SSRF_ALLOWED_HOSTNAMES: 'inside.example',
		};
		expect(toRunnerEnv(rules, '/data')).toMatchObject(rules);
	});

	it('listens on loopback only, whatever the settings of a runner at a URL say', () => {
		const env = toRunnerEnv({ AWW_HOST: '0.0.0.0', AWW_PORT: '3417' }, '/data');
		expect(env).toMatchObject({ AWW_HOST: '127.0.0.1', AWW_PORT: '0' });
	});

	it('tells how n8n is reached: its own certificate, and the hosts of its webhooks', () => {
		const n8n = {
			N8N_PROTOCOL: 'https',
			N8N_SSL_KEY: '/tls/key.pem',
			N8N_SSL_CERT: 'tls/certificate.pem',
			WEBHOOK_URL: '"http://n8n.lan./"',
			N8N_EDITOR_BASE_URL: 'https://192.168.1.5:8443/n8n',
		};
		expect(toRunnerEnv(n8n, '/data')).toMatchObject({
			AWW_PARENT_CERTIFICATE: resolve('tls/certificate.pem'),
			AWW_PARENT_WEBHOOK_HOSTS: 'n8n.lan:80,192.168.1.5:8443',
		});
		const host = { N8N_HOST: '10.0.0.5', N8N_PORT: '8080' };
		expect(toRunnerEnv(host, '/data')).toMatchObject({ AWW_PARENT_WEBHOOK_HOSTS: '10.0.0.5:8080' });
	});

	it('tells of no certificate where a proxy ends TLS, nor what somebody else has set', () => {
		const env = toRunnerEnv(
			{
				N8N_PROTOCOL: 'https',
				AWW_PARENT_CERTIFICATE: '/another.pem',
				AWW_PARENT_WEBHOOK_HOSTS: '10.0.0.1',
				WEBHOOK_URL: 'http://odd~host/',
			},
			'/data',
		);
		expect(env).not.toHaveProperty('AWW_PARENT_CERTIFICATE');
		expect(env).not.toHaveProperty('AWW_PARENT_WEBHOOK_HOSTS');
	});

	it('leaves the key to the data folder, where every node finds it', () => {
		expect(toRunnerEnv({ AWW_ADMIN_KEY: 'key' }, '/data')).not.toHaveProperty('AWW_ADMIN_KEY');
	});
});
