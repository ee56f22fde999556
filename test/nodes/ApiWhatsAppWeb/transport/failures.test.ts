import { createServer } from 'node:net';
import { ERRORS } from '../../../../contract';
import { FakeRunner } from '../../../fakes/FakeRunner';
import { createSelfSignedCertificate } from '../../../simulator/media/selfSignedCertificate';
import { failOperation, runOperation, toRunnerCredential } from '../runOperation';

const getStatus = { resource: 'instance', operation: 'getStatus' };
const sendText = {
	resource: 'message',
	operation: 'sendText',
	number: '15550001001',
	message: 'a very private text',
};

let runner: FakeRunner;
let credential: ReturnType<typeof toRunnerCredential>;

beforeEach(async () => {
	runner = await new FakeRunner().start();
	credential = toRunnerCredential(runner, runner.addInstance());
});
afterEach(() => runner.stop());

it('says that nothing answers, and how to start a runner', async () => {
	await runner.stop();
	const error = await failOperation(getStatus, credential);
	expect(error.name).toBe('NodeApiError');
	expect(error.message).toMatch(
		/^Could not read the status \(instance “instance-1”\): Nothing answers at http:\/\/127/,
	);
	expect(error.description).toContain('npx n8n-nodes-api-whatsapp-web');
});

it('says that a host name is not known', async () => {
	const error = await failOperation(getStatus, { ...credential, url: 'http://nowhere.invalid' });
	expect(error.message).toContain('The host name nowhere.invalid is not known');
	expect(error.description).toContain('Check the URL in the credential');
});

it.each([
	['a web page', { status: 200, body: '<html>Welcome</html>' }],
	['a proxy’s error page', { status: 502, body: '<html>Bad gateway</html>' }],
	['somebody else’s JSON', { status: 404, body: { message: 'Cannot GET' } }],
])('recognises %s instead of the API', async (_, answer) => {
	runner.answerNext(answer);
	const error = await failOperation(getStatus, credential);
	expect(error.message).toContain('is not a session runner');
	expect(error.message).toContain(`HTTP ${answer.status}`);
	expect(error.message).not.toContain('html');
	expect(error.description).toMatch(/another program answers there|server behind it did not/);
});

it('follows no redirect, so that the API key stays with its server', async () => {
	const other = await new FakeRunner().start();
	try {
		runner.answerNext({ status: 302, headers: { location: `${other.url}/elsewhere` } });
		const error = await failOperation(getStatus, credential);
		expect(error.message).toContain(`redirects to ${other.url}`);
		expect(error.description).toContain('final address');
		expect(other.requests).toEqual([]);
	} finally {
		await other.stop();
	}
});

it('tells https where only http is spoken', async () => {
	const url = runner.url.replace('http:', 'https:');
	const error = await failOperation(getStatus, { ...credential, url });
	expect(error.message).toContain('does not speak HTTPS');
	expect(error.description).toContain('http://');
});

it('tells a certificate that n8n does not trust', async () => {
	const { key, certificate } = createSelfSignedCertificate();
	const secure = await new FakeRunner({ key, cert: certificate }).start();
	try {
		const error = await failOperation(getStatus, { ...credential, url: secure.url });
		expect(error.message).toContain('does not trust the TLS certificate');
		expect(error.description).toContain('NODE_EXTRA_CA_CERTS');
	} finally {
		await secure.stop();
	}
});

it('tells a connection that breaks', async () => {
	const broken = createServer((socket) => socket.destroy());
	await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
	const { port } = broken.address() as { port: number };
	try {
		const error = await failOperation(getStatus, {
			...credential,
			url: `http://127.0.0.1:${port}`,
		});
		expect(error.message).toMatch(/The connection to http:\/\/127\.0\.0\.1:\d+ broke/);
		expect(error.description).toMatch(/https:\/\/.+\(ECONNRESET\)/);
	} finally {
		broken.close();
	}
});

it.each([
	['invalid_api_key', { apiKey: 'wrong-key' }, '401', 'Correct the API key in the credential.'],
	[
		'instance_not_found',
		{ apiKey: 'admin-key-of-the-fake', instanceId: 'x' },
		'400',
		'Correct the instance ID in the credential.',
	],
])(
	'says in words of n8n, not of the API, what to do about %s',
	async (_, change, httpCode, remedy) => {
		const error = await failOperation(getStatus, { ...credential, ...change });
		expect(error.httpCode).toBe(httpCode);
		expect(error.description).toBe(remedy);
	},
);

it('keeps what the runner knows beyond the table, and adds where to act in n8n', async () => {
	const { status, error: text } = ERRORS.engine_down;
	const hint = 'The database cannot be read.';
	runner.answerNext({ status, body: { error: text, code: 'engine_down', hint } });
	const error = await failOperation(getStatus, credential);
	expect(error.description).toMatch(/^The database cannot be read\. Run .+Instance → Restart/);
});

it.each([
	['no URL', { url: '' }, 'URL'],
	['an URL without scheme', { url: 'session-runner:3417' }, 'URL'],
	['a password in the URL', { url: 'http://me:secret@127.0.0.1' }, 'URL'],
	['no key', { apiKey: ' ' }, 'API Key'],
	['a key with a line break', { apiKey: 'a\nb' }, 'API Key'],
	['no instance ID', { instanceId: '' }, 'Instance ID'],
])('names the credential’s field for %s', async (_, change, field) => {
	const error = await failOperation(getStatus, { ...credential, ...change });
	expect(error.message).toContain(`field “${field}”`);
	expect(error.description).toContain('Open the credential');
	expect(runner.requests).toEqual([]);
});

it.each(['/', '/api', '/api/', '//'])('takes an URL that ends in %s', async (end) => {
	const { json } = await runOperation(getStatus, { ...credential, url: ` ${runner.url}${end} ` });
	expect(json).toHaveProperty('state');
});

describe('keeps key, number and text out of errors', () => {
	const secrets = ['key-of-instance-1', '15550001001', 'a very private text'];
	const quoting = { error: `Bad: ${secrets.join(', ')}`, hint: secrets.join(' '), code: 'x' };

	it.each([
		['the server is gone', () => runner.stop()],
		['the server quotes them', () => runner.answerNext({ status: 400, body: quoting })],
		['a web page quotes them', () => runner.answerNext({ status: 500, body: secrets.join() })],
	])('when %s', async (_, prepare: () => unknown) => {
		await prepare();
		const error = await failOperation(sendText, credential);
		const everything = toEverything(error);
		for (const secret of secrets) expect(everything).not.toContain(secret);
	});
});

/** All that n8n could store or show of an error: its own fields and those of what it wraps. */
function toEverything(error: unknown): string {
	const seen: string[] = [];
	for (let at = error; at instanceof Error; at = at.cause) {
		seen.push(at.message, at.stack ?? '', JSON.stringify(at, withoutNode));
	}
	return seen.join('\n');
}

/** The node's own settings hold number and text; n8n attaches them to every error. */
function withoutNode(key: string, value: unknown): unknown {
	return key === 'node' ? undefined : value;
}

it.each([
	[
		'media_invalid',
		'This is text/plain, and /api/image takes JPEG files; send it with /api/document.',
		'This is text/plain, and Message → Send Image takes JPEG files; send it with Message → Send Document.',
	],
	[
		'group_not_found',
		'Ask an admin of the group for a new link.',
		'Ask an admin of the group for a new link.',
	],
	[
		'media_address_refused',
		'Use an https:// URL.',
		'Use an https:// URL. Or fetch the file with an HTTP Request node before this one, and choose “Binary File of the Item” as its source.',
	],
	['invalid_body', 'emoji is one emoji.', 'emoji is one emoji.'],
] as const)('says once what to do about %s, in words of n8n', async (code, hint, remedy) => {
	const { status, error } = ERRORS[code];
	runner.answerNext({ status, body: { error, code, hint } });
	const failure = await failOperation(sendText, credential);
	expect(failure.description).toBe(remedy);
	expect(failure.message).not.toMatch(/body/i);
});
