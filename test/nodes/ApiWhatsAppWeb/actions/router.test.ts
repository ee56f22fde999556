import { FakeRunner } from '../../../fakes/FakeRunner';
import { failOperation, runOperation, toRunnerCredential } from '../runOperation';

let runner: FakeRunner;
let credential: ReturnType<typeof toRunnerCredential>;

beforeEach(async () => {
	runner = await new FakeRunner().start();
	credential = toRunnerCredential(runner, runner.addInstance());
});
afterEach(() => runner.stop());

const sendText = { resource: 'message', operation: 'sendText', number: '={{ $json.to }}' };

it('runs each item in order and pairs each output with its input', async () => {
	const items = ['15550001001', '15550001002', '15550001003'].map((to) => ({ to }));
	const result = await runOperation({ ...sendText, message: 'Hello' }, credential, { items });
	expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
	expect(result.items.map(({ json }) => json.phone)).toEqual([
		15550001001, 15550001002, 15550001003,
	]);
});

it('lets an AI agent choose the operation', async () => {
	const { json } = await runOperation(
		{ resource: 'instance', operation: '={{ $fromAI("operation", "", "string", "logOut") }}' },
		credential,
	);
	expect(json?.state).toBe('unlinked');
});

it('goes on after a failed item when it is told to, and says what failed and why', async () => {
	const { items } = await runOperation({ ...sendText, message: 'Hello' }, credential, {
		items: [{ to: 'nobody' }, { to: '15550001002' }],
		continueOnFail: true,
	});
	expect(items[0]?.json).toEqual({
		error: 'Could not send the text (instance “instance-1”): This is not a WhatsApp number',
		hint: expect.stringContaining('country code') as string,
		code: 'invalid_number',
		status: null,
	});
	expect(items[0]?.error).toMatchObject({ name: 'NodeOperationError' });
	expect(items[0]?.pairedItem).toEqual({ item: 0 });
	expect(items[1]?.json).toHaveProperty('messageId');
	expect(items[1]?.pairedItem).toEqual({ item: 1 });
});

it('stops at the failed item otherwise, naming it', async () => {
	const error = await failOperation({ ...sendText, message: 'Hello' }, credential, {
		items: [{ to: '15550001001' }, { to: 'nobody' }, { to: '15550001003' }],
	});
	expect(error.context.itemIndex).toBe(1);
	expect(runner.instances[0]?.sent).toHaveLength(1);
});

it('gives a refusal of the API with its status and code', async () => {
	runner.instances[0]!.state = 'unlinked';
	const { items } = await runOperation({ ...sendText, message: 'Hello' }, credential, {
		items: [{ to: '15550001001' }],
		continueOnFail: true,
	});
	expect(items[0]?.json).toMatchObject({ code: 'instance_not_linked', status: 409 });
	expect(items[0]?.error).toMatchObject({ name: 'NodeApiError', httpCode: '409' });
});

it('says what to do about an operation it does not know', async () => {
	const error = await failOperation({ resource: 'message', operation: 'fly' }, credential);
	expect(error.message).toContain('no such operation');
	expect(error.description).toContain('update the package');
});

it('keeps n8n’s own words about a broken expression, with the item', async () => {
	const error = await failOperation(
		{ ...sendText, message: '={{ $("Nowhere").item.json }}' },
		credential,
		{ items: [{ to: '15550001001' }] },
	);
	expect(error.message).toMatch(/node|reference/i);
	expect(error.context.itemIndex).toBe(0);
});

it('keeps n8n’s own words about a missing credential, with the item', async () => {
	const error = await failOperation({ resource: 'instance', operation: 'getStatus' }, credential, {
		credentials: [],
	});
	expect(error.message).toContain('credentials');
	expect(error.context.itemIndex).toBe(0);
});
