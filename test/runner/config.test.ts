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
			logLevel: 'info',
			whatsappUrl: undefined,
			whatsappRootKey: undefined,
			embedded: false,
		});
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
			AWW_LOG_LEVEL: 'DEBUG',
			AWW_WHATSAPP_URL: 'ws://127.0.0.1:4000/ws',
			AWW_WHATSAPP_ROOT_KEY: simulatorKey.toUpperCase(),
			AWW_EMBEDDED: '1',
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
			logLevel: 'debug',
			whatsappUrl: 'ws://127.0.0.1:4000/ws',
			whatsappRootKey: simulatorKey,
			embedded: true,
		});
		expect(isAbsolute(config.dataDir)).toBe(true);
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
		['AWW_ADMIN_KEY', 'with space'],
		['AWW_ADMIN_KEY', 'schlüssel'],
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
		['AWW_LOG_LEVEL', 'verbose'],
		['AWW_WHATSAPP_URL', 'http://127.0.0.1'],
		['AWW_WHATSAPP_URL', 'wss://web.whatsapp.example/ws'],
		['AWW_EMBEDDED', 'maybe'],
	])('%s=%s is one problem that names the setting and says what to do', (name, value) => {
		const problems = problemsOf({ [name]: value });
		expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} .+\\.$`))]);
	});

	test('no problem repeats a value, which may be a secret', () => {
		const problems = problemsOf({
			AWW_ADMIN_KEY: 'top secret',
			AWW_DATABASE_URL: 'postgres://user:secret@db/aww',
			AWW_WHATSAPP_ROOT_KEY: 'secret',
		});
		expect(problems).toHaveLength(4);
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
