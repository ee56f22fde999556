import { RESOURCES } from '../../../../nodes/ApiWhatsAppWeb/actions/resources';
import { FakeHostedService } from '../../../fakes/FakeHostedService';
import { FakeRunner } from '../../../fakes/FakeRunner';
import {
	failOperation,
	runOperation,
	toHostedCredential,
	toRunnerCredential,
} from '../runOperation';

let service: FakeHostedService;
let credential: ReturnType<typeof toHostedCredential>;

beforeEach(async () => {
	service = await new FakeHostedService().start();
	credential = toHostedCredential(service);
});
afterEach(() => service.stop());

const sendText = {
	resource: 'message',
	operation: 'sendText',
	number: '+55 54 99199-7181',
	message: 'Hello',
};

it('sends a text with the documented fields and headers only', async () => {
	const { json } = await runOperation(sendText, credential);
	expect(json).toEqual({
		message: 'Text sent successfully!',
		phone: 5554991997181,
		messageId: 'HOSTED1',
	});
	expect(service.requests).toHaveLength(1);
	const { body, headers } = service.requests[0]!;
	expect(body).toEqual({ number: '5554991997181', message: 'Hello' });
	expect(headers).toMatchObject({ apikey: service.apiKey, id: service.instanceId });
	expect(headers).not.toHaveProperty('idempotency-key');
});

it('sets the webhook URL of Sent', async () => {
	await runOperation(
		{ resource: 'webhook', operation: 'changeUrl', event: 'sent', url: 'https://example.com/h' },
		credential,
	);
	expect(service.sentWebhookUrl).toBe('https://example.com/h');
});

it('changes the profile picture with base64 in the documented field, whatever the source', async () => {
	const binary = { data: { data: 'aGVsbG8=', mimeType: 'image/png' } };
	const setPicture = { resource: 'instance', operation: 'setProfilePicture' };
	await runOperation(setPicture, credential, { items: [{ json: {}, binary }] });
	expect(service.requests).toMatchObject([
		{ method: 'PUT', path: '/api/config/image', body: { image: 'aGVsbG8=' } },
	]);
});

const changeSettings = { resource: 'instance', operation: 'changeSettings' };

it('switches automatic reading on', async () => {
	const { json } = await runOperation({ ...changeSettings, settings: { read: true } }, credential);
	expect(service.requests[0]?.body).toEqual({ read: true });
	expect(json).toEqual({ success: 'Automatic reading Updated' });
});

it.each([
	['ownMessages', { ...changeSettings, settings: { read: true, ownMessages: true } }],
	['typing', { ...sendText, options: { typing: true } }],
	['quotedMessageId', { ...sendText, options: { quotedMessageId: 'A1' } }],
])('makes no request with “%s”, which is not documented', async (field, parameters) => {
	const error = await failOperation(parameters, credential);
	expect(error.message).toContain(`The hosted service documents no “${field}” for this`);
	expect(error.description).toContain('session runner');
	expect(service.requests).toEqual([]);
});

const documented = [
	'instance changeSettings',
	'instance setProfilePicture',
	'message sendText',
	'webhook changeUrl',
];
const undocumented = RESOURCES.flatMap(({ value, operations }) =>
	operations.map((operation) => [value, operation.value] as const),
).filter(([resource, operation]) => !documented.includes(`${resource} ${operation}`));

it.each(undocumented)('makes no request for %s %s, and says what to do', async (...names) => {
	const [resource, operation] = names;
	const error = await failOperation(
		{ resource, operation, messageId: 'X', number: '15550001001' },
		credential,
	);
	expect(error.name).toBe('NodeOperationError');
	expect(error.message).toContain('The hosted service has no documented call for this');
	expect(error.description).toMatch(/apiwhatsappweb\.com, .+ choose a session runner/);
	expect(service.requests).toEqual([]);
});

it.each([
	['the URL of another event', { event: 'received', url: 'https://example.com' }, 'no documented'],
	['clearing a URL', { event: 'sent', url: '' }, 'no documented call'],
	['an http URL', { event: 'sent', url: 'http://example.com' }, 'only accepts HTTPS'],
])('makes no request for %s', async (_, parameters, message) => {
	const error = await failOperation(
		{ resource: 'webhook', operation: 'changeUrl', ...parameters },
		credential,
	);
	expect(error.message).toContain(message);
	expect(service.requests).toEqual([]);
});

it('says that groups are not in its documentation, instead of trying', async () => {
	const error = await failOperation({ ...sendText, number: '120363000000000001@g.us' }, credential);
	expect(error.message).toContain('phone numbers only');
	expect(service.requests).toEqual([]);
});

it.each([
	['API key', { apiKey: 'wrong' }, 'Invalid API Key', '401'],
	['instance ID', { instanceId: 'wrong' }, 'Instance not found', '400'],
])(
	'says that the %s is to be corrected in the credential',
	async (field, change, message, httpCode) => {
		const error = await failOperation(sendText, { ...credential, ...change });
		expect(error).toMatchObject({ httpCode });
		expect(error.message).toContain(message);
		expect(error.description).toBe(`Correct the ${field} in the credential.`);
	},
);

it('passes an error on that the documentation does not name', async () => {
	service.answerNext({ status: 500, body: { error: 'Something else' } });
	const error = await failOperation(sendText, credential);
	expect(error.message).toContain('Something else');
	expect(error.description).toContain('panel');
});

it('talks to a session runner in the same words: only the address differs', async () => {
	const runner = await new FakeRunner().start();
	try {
		const instance = runner.addInstance();
		const { apiKey, instanceId } = toRunnerCredential(runner, instance);
		const { json } = await runOperation(sendText, {
			connection: 'hosted',
			hostedUrl: runner.url,
			apiKey,
			instanceId,
		});
		expect(json).toMatchObject({ phone: 5554991997181 });
	} finally {
		await runner.stop();
	}
});
