import { toLoopbackUrls } from '../../../nodes/embedded/toLoopbackUrls';

const production = 'https://n8n.example/webhook/id/webhook';

function toUrls(publicUrl: string, env: NodeJS.ProcessEnv, isTest = false): string[] {
	return toLoopbackUrls(publicUrl, { isTest, env }).map(({ webhookUrl }) => webhookUrl);
}

describe('toLoopbackUrls', () => {
	it('is n8n’s default port on both loopback addresses unless configured otherwise', () => {
		expect(toLoopbackUrls(production, { isTest: false, env: {} })).toEqual([
			{
				healthUrl: 'http://127.0.0.1:5678/healthz',
				webhookUrl: 'http://127.0.0.1:5678/webhook/id/webhook',
			},
			{
				healthUrl: 'http://[::1]:5678/healthz',
				webhookUrl: 'http://[::1]:5678/webhook/id/webhook',
			},
		]);
	});

	it.each<[string, string[]]>([
		['0.0.0.0', ['http://127.0.0.1:8080/webhook/id/webhook']],
		['127.0.0.5', ['http://127.0.0.5:8080/webhook/id/webhook']],
		['::1', ['http://[::1]:8080/webhook/id/webhook']],
		['localhost', ['http://localhost:8080/webhook/id/webhook']],
		['192.168.1.5', []],
		['fd00::5', []],
	])('goes where n8n listens: %s', (N8N_LISTEN_ADDRESS, urls) => {
		expect(toUrls(production, { N8N_LISTEN_ADDRESS, N8N_PORT: '8080' })).toEqual(urls);
	});

	it('drops the path that a proxy puts before n8n', () => {
		expect(
			toUrls('https://example/n8n/webhook/id/webhook', { N8N_LISTEN_ADDRESS: '0.0.0.0' }),
		).toEqual(['http://127.0.0.1:5678/webhook/id/webhook']);
	});

	it('follows n8n’s own names of its endpoints', () => {
		const env = {
			N8N_LISTEN_ADDRESS: '0.0.0.0',
			N8N_ENDPOINT_WEBHOOK: 'hooks',
			N8N_ENDPOINT_WEBHOOK_TEST: '/hooks/try',
			N8N_ENDPOINT_HEALTH: '/well',
		};
		expect(toLoopbackUrls('https://example/a/hooks/id/webhook', { isTest: false, env })).toEqual([
			{
				healthUrl: 'http://127.0.0.1:5678/well',
				webhookUrl: 'http://127.0.0.1:5678/hooks/id/webhook',
			},
		]);
		expect(toUrls('https://example/a/hooks/try/id/webhook', env, true)).toEqual([
			'http://127.0.0.1:5678/hooks/try/id/webhook',
		]);
	});

	it('speaks TLS only when n8n itself does, not when a proxy does it', () => {
		const env = { N8N_LISTEN_ADDRESS: '0.0.0.0', N8N_PROTOCOL: 'https' };
		expect(toUrls(production, env)).toEqual(['http://127.0.0.1:5678/webhook/id/webhook']);
		expect(toUrls(production, { ...env, N8N_SSL_KEY: '/key', N8N_SSL_CERT: '/cert' })).toEqual([
			'https://127.0.0.1:5678/webhook/id/webhook',
		]);
	});

	it('leaves production to the webhook processors when the main process serves none', () => {
		const env = { N8N_LISTEN_ADDRESS: '0.0.0.0', N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' };
		expect(toUrls(production, env)).toEqual([]);
		expect(toUrls('https://n8n.example/webhook-test/id/webhook', env, true)).toHaveLength(1);
	});
});
