import { RESOURCES } from '../../../../nodes/ApiWhatsAppWeb/actions/resources';
import type { FakeInstance } from '../../../fakes/FakeRunner';
import { FakeRunner } from '../../../fakes/FakeRunner';
import { toGroup } from '../../../fakes/groupHandlers';
import { OPERATION_CASES } from '../operationCases';
import { runOperation, toRunnerCredential } from '../runOperation';

let runner: FakeRunner;
let instance: FakeInstance;
let credential: ReturnType<typeof toRunnerCredential>;

beforeEach(async () => {
	runner = await new FakeRunner().start();
	instance = runner.addInstance({
		groups: [toGroup('120363000000000001@g.us', 'Team')],
		messages: [{ messageId: 'FILE', type: 'image' }],
		media: new Map([['FILE', { bytes: Buffer.from('x'), headers: {} }]]),
		chats: [
			{
				id: '15550001001@s.whatsapp.net',
				number: '15550001001',
				type: 'direct',
				name: 'Ana',
				key: 'chat_1',
				lastMessageAt: null,
				unreadCount: 0,
				disappearingSeconds: 0,
			},
		],
		contacts: [
			{
				id: '15550001001@s.whatsapp.net',
				phone: '15550001001',
				lid: null,
				name: 'Ana',
				pushName: null,
				isBusiness: null,
			},
		],
	});
	credential = toRunnerCredential(runner, instance);
});
afterEach(() => runner.stop());

it('covers every operation that is one request', () => {
	const seenElsewhere = ['connect', 'getPairingCode', 'getStatus', 'logOut', 'restart'];
	const all = RESOURCES.filter(({ value }) => value !== 'webhook').flatMap(
		({ value, operations }) => operations.map((operation) => `${value} ${operation.value}`),
	);
	expect(Object.keys(OPERATION_CASES).sort()).toEqual(
		all.filter((name) => !seenElsewhere.includes(name.split(' ')[1]!)).sort(),
	);
});

describe.each(Object.entries(OPERATION_CASES))('%s', (names, expected) => {
	const [resource, operation] = names.split(' ');
	const parameters = { resource, operation, ...expected.parameters };

	it('asks for exactly what the contract documents', async () => {
		await runOperation(parameters, credential);
		expect(runner.requests).toHaveLength(1);
		const { method, path, query, body, headers } = runner.requests[0]!;
		expect(`${method} ${path}`).toBe(expected.request);
		expect(Object.fromEntries(query)).toEqual(expected.query ?? {});
		expect(body).toEqual(expected.body);
		expect(headers).toMatchObject({ apikey: instance.apiKey, id: instance.id });
		expect(typeof headers['idempotency-key']).toBe(expected.isSending ? 'string' : 'undefined');
	});

	it('gives what the API answers and nothing else, paired with its item', async () => {
		const answer = {
			chats: [{ id: 'a' }],
			contacts: [{ id: 'a' }],
			groups: [{ id: 'a' }],
			messages: [{ id: 'a' }],
			results: [{ id: 'a' }],
			next: null,
		};
		if (operation === 'downloadMedia') return;
		runner.answerNext({ status: 200, body: answer });
		const { items } = await runOperation(parameters, credential, { items: [{ from: 'input' }] });
		const isList = operation === 'getAll' || operation?.endsWith('Members');
		expect(items).toEqual([{ json: isList ? { id: 'a' } : answer, pairedItem: { item: 0 } }]);
	});
});

it.each(
	Object.entries(OPERATION_CASES).flatMap(([names, { isSending, parameters }]) =>
		isSending ? [[names, parameters] as const] : [],
	),
)('%s sends once however often n8n retries the item', async (names, given) => {
	const [resource, operation] = names.split(' ');
	const parameters = { resource, operation, ...given };
	const first = await runOperation(parameters, credential, { executionId: '7' });
	const retry = await runOperation(parameters, credential, { executionId: '7' });
	expect(retry.json).toEqual(first.json);
	expect(instance.sent).toHaveLength(1);
	await runOperation(parameters, credential, { executionId: '8' });
	expect(instance.sent).toHaveLength(2);
});
