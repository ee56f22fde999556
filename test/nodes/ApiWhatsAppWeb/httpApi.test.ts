import type { INodeParameters } from 'n8n-workflow';
import type { CreatedInstance } from '../../../contract';
import { EVENT_NAMES } from '../../../contract';
import { RESOURCES } from '../../../nodes/ApiWhatsAppWeb/actions/resources';
import type { FakeSession } from '../../runner/http/FakeSessions';
import { ADMIN_KEY, TestApi } from '../../runner/http/TestApi';
import { failOperation, runOperation } from './runOperation';

/* The node against the session runner's own HTTP server, so that the two cannot drift apart. */

let api: TestApi;
let instance: CreatedInstance & { session: FakeSession };
let credential: { connection: string; url: string; apiKey: string; instanceId: string };

beforeAll(async () => {
	api = await TestApi.start();
});
beforeEach(async () => {
	instance = await api.createInstance(expect.getState().currentTestName!);
	const { apiKey, id } = instance;
	credential = { connection: 'runner', url: api.url, apiKey, instanceId: id };
});
afterAll(() => api.stop());

const MESSAGE = {
	messageId: '3EB01',
	number: '15550001001',
	message: 'Hello',
	type: 'text' as const,
	fromMe: true,
	timestamp: '2026-01-01T00:00:00.000Z',
	status: 'SENT' as const,
	statusHistory: [],
};

const cases: Record<string, { parameters?: INodeParameters; answer: object; before?: () => void }> =
	{
		'instance connect': {
			before: () => Object.assign(instance.session.state, { state: 'unlinked', number: null }),
			answer: { state: 'linking', qr: '2@ref,key,identity,secret' },
		},
		'instance getPairingCode': {
			parameters: { number: '+1 555 000 1001' },
			answer: { code: 'ABCD1234' },
		},
		'instance getStatus': { answer: { state: 'connected', number: '15550001111' } },
		'instance logOut': { answer: { state: 'unlinked', number: null } },
		'instance restart': { answer: { state: 'reconnecting' } },
		'message get': {
			before: () => api.messages.set('3EB01', MESSAGE),
			parameters: { messageId: '3EB01' },
			answer: MESSAGE,
		},
		'message sendText': {
			parameters: { number: '+1 555 000 1001', message: 'Hello' },
			answer: { message: 'Text sent successfully!', phone: 15550001001, messageId: '3EB01' },
		},
		'webhook changeUrl': {
			parameters: { event: 'status', url: 'https://example.com/status' },
			answer: { success: 'Webhook URL updated' },
		},
		'webhook getUrls': {
			answer: Object.fromEntries(
				EVENT_NAMES.map((event) => [event, { URL: null, disabled: null }]),
			),
		},
		'webhook sendTest': {
			before: () => api.webhookConfig.urls.set(`${instance.id}/status`, 'https://example.com/s'),
			parameters: { event: 'status' },
			answer: { delivered: true, status: 200 },
		},
	};

it('covers every operation', () => {
	const all = RESOURCES.flatMap(({ value, operations }) =>
		operations.map((operation) => `${value} ${operation.value}`),
	);
	expect(Object.keys(cases)).toEqual(all);
});

it.each(Object.entries(cases))('%s', async (names, { before, parameters, answer }) => {
	const [resource, operation] = names.split(' ');
	before?.();
	const { items } = await runOperation({ resource, operation, ...parameters }, credential);
	expect(items[0]?.json).toMatchObject(answer);
	const { fileName } = items[0]?.binary?.data ?? {};
	expect(fileName).toBe(operation === 'connect' ? 'qr.png' : undefined);
});

it('hands an Idempotency-Key over with a text', async () => {
	const parameters = { resource: 'message', operation: 'sendText', number: '15550001001' };
	await runOperation({ ...parameters, message: 'Hello' }, credential);
	expect(instance.session.commands[0]?.idempotency?.key).toMatch(/^[0-9a-f]{64}$/);
});

it.each([
	['a wrong key', { apiKey: 'wrong' }, 'Invalid API Key'],
	['a wrong instance ID', { instanceId: 'wrong' }, 'Instance not found'],
	[
		'the admin key with a wrong instance ID',
		{ apiKey: ADMIN_KEY, instanceId: 'x' },
		'Instance not',
	],
])('explains %s', async (_, change, message) => {
	const error = await failOperation(
		{ resource: 'instance', operation: 'getStatus' },
		{ ...credential, ...change },
	);
	expect(error.message).toContain(message);
	expect(error.description).toContain('in the credential');
});
