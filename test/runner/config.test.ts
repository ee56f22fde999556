import { isAbsolute, resolve } from 'node:path';
import fc from 'fast-check';
import { ConfigError, readConfig, SETTINGS } from '../../runner/config';

const problemsOf = (env: Record<string, string>): readonly string[] => {
	try {
		readConfig(env);
		return [];
	} catch (error) {
		expect(error).toBeInstanceOf(ConfigError);
		return (error as ConfigError).problems;
	}
};

const simulatorKey = 'ab'.repeat(32);

describe('readConfig', () => {
	test('with nothing set, everything has the documented default', () => {
		expect(readConfig({ PATH: '/bin', HOME: '/root' })).toEqual({
			host: '127.0.0.1',
			port: 3417,
			dataDir: resolve('data'),
			adminKey: undefined,
			publicUrl: undefined,
			allowHttpWebhookHosts: [],
			allowPrivateWebhookHosts: [],
			webhookScheduleS: [0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400],
			messageTtlDays: 30,
			mediaMaxBytes: 100 * 1_048_576,
			mediaQuotaBytes: 2048 * 1_048_576,
			messagesPerMinute: 20,
			proxy: undefined,
			searchPath: '/bin',
			logLevel: 'info',
			whatsappUrl: undefined,
			whatsappRootKey: undefined,
			embedded: false,
			parentCertificate: undefined,
			parentWebhookHosts: [],
		});
	});

	test('what n8n says of itself counts only for the runner that it starts', () => {
		const config = readConfig({
			AWW_PARENT_CERTIFICATE: '/tls/certificate.pem',
			AWW_PARENT_WEBHOOK_HOSTS: '10.0.0.5:80',
		});
		expect(config).toMatchObject({ parentCertificate: undefined, parentWebhookHosts: [] });
	});

	test('every setting is read', () => {
		const config = readConfig({
			AWW_HOST: '::1',
			AWW_PORT: '0',
			AWW_DATA_DIR: 'some/where',
			AWW_ADMIN_KEY: 'Key-of-the-operator',
			AWW_PUBLIC_URL: 'https://a.example/base/',
			AWW_ALLOW_HTTP_WEBHOOK_HOSTS: 'n8n, Receiver.example:8080,[::1]:81,',
			AWW_ALLOW_PRIVATE_WEBHOOK_HOSTS: '127.0.0.1,::1',
			AWW_WEBHOOK_SCHEDULE: '0, 0.5,10',
			AWW_MESSAGE_TTL_DAYS: '0.001',
			AWW_MEDIA_MAX_MB: '0.5',
			AWW_MEDIA_QUOTA_MB: '64',
			AWW_MESSAGES_PER_MINUTE: '7',
			AWW_PROXY_URL: 'socks5h://me:p%40ss@[::1]:9050',
			AWW_LOG_LEVEL: 'DEBUG',
			AWW_WHATSAPP_URL: 'ws://127.0.0.1:4000/ws',
			AWW_WHATSAPP_ROOT_KEY: simulatorKey.toUpperCase(),
			AWW_EMBEDDED: '1',
			AWW_PARENT_CERTIFICATE: 'tls/certificate.pem',
			AWW_PARENT_WEBHOOK_HOSTS: 'n8n.lan:80',
			N8N_SSRF_PROTECTION_ENABLED: 'true',
			N8N_SSRF_BLOCKED_IP_RANGES: 'default, 8.8.8.0/24',
			N8N_SSRF_ALLOWED_IP_RANGES: '10.1.0.0/16,FD12::/16,',
			N8N_SSRF_BLOCKED_HOSTNAMES: '*.Evil.example',
			N8N_SSRF_ALLOWED_HOSTNAMES: 'inside.example',
		});
		expect(config).toEqual({
			host: '::1',
			port: 0,
			dataDir: resolve('some/where'),
			adminKey: 'Key-of-the-operator',
			publicUrl: 'https://a.example/base',
			allowHttpWebhookHosts: ['n8n', 'receiver.example:8080', '[::1]:81'],
			allowPrivateWebhookHosts: ['127.0.0.1', '::1'],
			webhookScheduleS: [0, 0.5, 10],
			messageTtlDays: 0.001,
			mediaMaxBytes: 524_288,
			mediaQuotaBytes: 67_108_864,
			messagesPerMinute: 7,
			proxy: { scheme: 'socks5', host: '::1', port: 9050, user: 'me', password: 'p@ss' },
			searchPath: '',
			logLevel: 'debug',
			whatsappUrl: 'ws://127.0.0.1:4000/ws',
			whatsappRootKey: simulatorKey,
			addressRules: {
				allowedHostnames: ['inside.example'],
				blockedHostnames: ['*.evil.example'],
				allowedRanges: ['10.1.0.0/16', 'fd12::/16'],
				blockedRanges: ['8.8.8.0/24'],
			},
			embedded: true,
			parentCertificate: resolve('tls/certificate.pem'),
			parentWebhookHosts: ['n8n.lan:80'],
		});
		expect(isAbsolute(config.dataDir)).toBe(true);
	});

	test('n8n’s lists of addresses count while its protection is on', () => {
		const lists = { N8N_SSRF_ALLOWED_IP_RANGES: '10.0.0.0/8' };
		expect(readConfig(lists).addressRules).toBeUndefined();
		for (const off of ['false', '0']) {
			const env = { ...lists, N8N_SSRF_PROTECTION_ENABLED: off };
			expect(readConfig(env).addressRules).toBeUndefined();
		}
		const wrong = {
			N8N_SSRF_PROTECTION_ENABLED: '1',
			N8N_SSRF_BLOCKED_IP_RANGES: '10.0.0.0/33',
			N8N_SSRF_ALLOWED_IP_RANGES: 'example.com',
			N8N_SSRF_BLOCKED_HOSTNAMES: 'https://example.com',
			N8N_SSRF_ALLOWED_HOSTNAMES: 'a*.example.com',
		};
		expect(problemsOf(wrong).map((problem) => problem.split(' ', 1)[0])).toEqual([
			'N8N_SSRF_ALLOWED_HOSTNAMES',
			'N8N_SSRF_BLOCKED_HOSTNAMES',
			'N8N_SSRF_ALLOWED_IP_RANGES',
			'N8N_SSRF_BLOCKED_IP_RANGES',
		]);
	});

	test('cannot be changed afterwards', () => {
		const config = readConfig({});
		expect(Object.isFrozen(config)).toBe(true);
		for (const list of Object.values(config).filter(Array.isArray)) {
			expect(Object.isFrozen(list)).toBe(true);
		}
	});

	test('an empty variable counts as unset', () => {
		const empty = Object.fromEntries(SETTINGS.map(({ name }) => [name, ' ']));
		expect(readConfig(empty)).toEqual(readConfig({}));
	});

	test('every documented default is a value the setting can have', () => {
		for (const setting of SETTINGS) {
			expect(problemsOf({ [setting.name]: setting.default })).toEqual([]);
			expect(setting.doc).toMatch(/\.$/);
		}
	});

	test.each([
		['AWW_HOST', 'http://localhost'],
		['AWW_HOST', 'a b'],
		['AWW_PORT', '65536'],
		['AWW_PORT', '-1'],
		['AWW_PORT', '80.5'],
		['AWW_PORT', '1e3'],
		['AWW_ADMIN_KEY', 'x'],
		['AWW_ADMIN_KEY', 'fifteen-letters'],
		['AWW_ADMIN_KEY', 'a key with spaces in it'],
		['AWW_ADMIN_KEY', 'schlüssel-des-betreibers'],
		['AWW_ENCRYPTION_KEY', 'too short'],
		['AWW_ENCRYPTION_KEY', 'long enough, but with spaces in it'],
		['AWW_PREVIOUS_ENCRYPTION_KEY', `${'k'.repeat(40)} short`],
		['AWW_DATABASE_URL', 'postgres://user:secret@db/aww'],
		['AWW_PUBLIC_URL', 'a.example'],
		['AWW_PUBLIC_URL', 'ftp://a.example'],
		['AWW_PUBLIC_URL', 'https://a.example/?x=1'],
		['AWW_ALLOW_HTTP_WEBHOOK_HOSTS', 'http://a.example'],
		['AWW_ALLOW_PRIVATE_WEBHOOK_HOSTS', 'a.example/path'],
		['AWW_WEBHOOK_SCHEDULE', '5,10'],
		['AWW_WEBHOOK_SCHEDULE', '0,,5'],
		['AWW_WEBHOOK_SCHEDULE', '0,-5'],
		['AWW_WEBHOOK_SCHEDULE', '0,9999999'],
		['AWW_MESSAGE_TTL_DAYS', '0'],
		['AWW_MESSAGE_TTL_DAYS', 'forever'],
		['AWW_MESSAGE_TTL_DAYS', 'Infinity'],
		['AWW_MEDIA_MAX_MB', '0'],
		['AWW_MEDIA_MAX_MB', '100 MB'],
		['AWW_MEDIA_QUOTA_MB', '-1'],
		['AWW_MEDIA_QUOTA_MB', '99'],
		['AWW_PROXY_URL', 'proxy.example:3128'],
		['AWW_PROXY_URL', 'http://a%:secret@proxy.example'],
		['AWW_LOG_LEVEL', 'verbose'],
		['AWW_WHATSAPP_URL', 'http://127.0.0.1'],
		['AWW_WHATSAPP_URL', 'wss://web.whatsapp.example/ws'],
		['AWW_EMBEDDED', 'maybe'],
	])('%s=%s is one problem that names the setting and says what to do', (name, value) => {
		const problems = problemsOf({ [name]: value });
		expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} .+\\.$`))]);
	});

	test('the encryption key is given once: itself or in a file; former ones may be several', () => {
		const key = 'k'.repeat(32);
		const files = { AWW_ENCRYPTION_KEY_FILE: 'secrets/key' };
		expect(problemsOf({ AWW_ENCRYPTION_KEY: key, ...files })).toEqual([
			expect.stringMatching(/AWW_ENCRYPTION_KEY and AWW_ENCRYPTION_KEY_FILE .*unset one/),
		]);
		const previous = { AWW_PREVIOUS_ENCRYPTION_KEY: `${'a'.repeat(32)}  ${'b'.repeat(32)}` };
		expect(readConfig({ ...files, ...previous })).toMatchObject({
			encryptionKey: undefined,
			encryptionKeyFile: resolve('secrets/key'),
			previousEncryptionKeys: ['a'.repeat(32), 'b'.repeat(32)],
		});
	});

	test('no problem repeats a value, which may be a secret', () => {
		const problems = problemsOf({
			AWW_ENCRYPTION_KEY: 'top secret',
			AWW_ADMIN_KEY: 'top secret',
			AWW_DATABASE_URL: 'postgres://user:secret@db/aww',
			AWW_WHATSAPP_ROOT_KEY: 'secret',
			AWW_PROXY_URL: 'ftp://user:secret@proxy.example',
		});
		expect(problems).toHaveLength(6);
		expect(problems.join('')).not.toContain('secret');
	});

	test('all problems are reported at once', () => {
		const problems = problemsOf({
			AWW_PORT: 'x',
			AWW_LOG_LEVEL: 'x',
			AWW_MESSAGE_TTL_DAYS: 'x',
			AWW_PROT: '1',
		});
		expect(problems.map((problem) => problem.split(' ', 1)[0])).toEqual([
			'AWW_PROT',
			'AWW_PORT',
			'AWW_MESSAGE_TTL_DAYS',
			'AWW_LOG_LEVEL',
		]);
	});

	test('a misspelt setting is not ignored, and the one that was meant is named', () => {
		expect(problemsOf({ AWW_DATADIR: '/x' })).toEqual([
			'AWW_DATADIR is not a setting. Did you mean AWW_DATA_DIR?',
		]);
		expect(problemsOf({ AWW_SOMETHING_ELSE_ENTIRELY: '1' })).toEqual([
			expect.stringMatching(/is not a setting\. Unset it; the settings are AWW_HOST, /),
		]);
	});

	test('what is for simulators is refused unless the host is loopback', () => {
		const simulator = {
			AWW_WHATSAPP_URL: 'ws://127.0.0.1:4000',
			AWW_WHATSAPP_ROOT_KEY: simulatorKey,
		};
		for (const host of ['127.0.0.1', '127.8.9.1', '::1', '[::1]', 'localhost']) {
			expect(problemsOf({ ...simulator, AWW_HOST: host })).toEqual([]);
		}
		for (const host of ['0.0.0.0', '::', '192.168.1.2', '127.0.0.1.example.com']) {
			expect(problemsOf({ ...simulator, AWW_HOST: host })).toEqual([
				expect.stringMatching(/^AWW_WHATSAPP_URL .*loopback/),
				expect.stringMatching(/^AWW_WHATSAPP_ROOT_KEY .*loopback/),
			]);
		}
	});

	test('a simulator’s key is never used for WhatsApp itself', () => {
		expect(problemsOf({ AWW_WHATSAPP_ROOT_KEY: simulatorKey })).toEqual([
			expect.stringContaining('AWW_WHATSAPP_URL'),
		]);
	});

	test('whatever the variables hold, it is a configuration or a list of problems', () => {
		const env = fc.dictionary(fc.constantFrom(...SETTINGS.map(({ name }) => name)), fc.string());
		fc.assert(
			fc.property(env, (variables) => {
				problemsOf(variables);
			}),
		);
	});
});
