import type { FakeInstance } from '../../../fakes/FakeRunner';
import { FakeRunner } from '../../../fakes/FakeRunner';
import { failOperation, runOperation, toRunnerCredential } from '../runOperation';

const sendText = { resource: 'message', operation: 'sendText' };

let runner: FakeRunner;
let instance: FakeInstance;
let credential: ReturnType<typeof toRunnerCredential>;

beforeEach(async () => {
	runner = await new FakeRunner().start();
	instance = runner.addInstance();
	credential = toRunnerCredential(runner, instance);
});
afterEach(() => runner.stop());

describe('Send Text', () => {
	it('sends to a number in any spelling and gives the API’s answer alone', async () => {
		const { items } = await runOperation(
			{ ...sendText, number: '+55 (54) 99199-7181', message: 'Hello' },
			credential,
			{ items: [{ from: 'the input' }] },
		);
		expect(items).toEqual([
			{
				json: {
					message: 'Text sent successfully!',
					phone: 5554991997181,
					messageId: 'MESSAGE1',
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(instance.sent).toMatchObject([{ number: '5554991997181', message: 'Hello' }]);
	});

	it('takes numbers and texts that expressions give as numbers', async () => {
		await runOperation(
			{ ...sendText, number: '={{ $json.number }}', message: '={{ $json.code }}' },
			credential,
			{ items: [{ number: 5554991997181, code: 4711 }] },
		);
		expect(instance.sent).toMatchObject([{ number: '5554991997181', message: '4711' }]);
	});

	it('passes on that a message is queued', async () => {
		const queued = { message: 'Text queued', phone: 15550001001, messageId: 'A', state: 'queued' };
		runner.answerNext({ status: 202, body: queued });
		const parameters = { ...sendText, number: '15550001001', message: 'Hello' };
		expect((await runOperation(parameters, credential)).json).toEqual(queued);
	});

	it.each(['120363000000000001@g.us', '12345678901234@lid'])('sends to %s', async (number) => {
		const { json } = await runOperation({ ...sendText, number, message: 'Hello' }, credential);
		expect(json?.phone).toBe(number);
	});

	it.each([
		[
			'no number',
			{ number: 'soon', message: 'x' },
			'This is not a WhatsApp number',
			/country code/,
		],
		['an empty number', { number: '', message: 'x' }, 'This is not a WhatsApp number', /country/],
		[
			'an empty text',
			{ number: '15550001001', message: ' \n' },
			'message is empty',
			/at least one/,
		],
		[
			'a text over WhatsApp’s limit',
			{ number: '15550001001', message: 'x'.repeat(65_537) },
			'longer than WhatsApp allows',
			/split/,
		],
		[
			'an object for a text',
			{ number: '15550001001', message: '={{ $json }}' },
			'the field “message” holds no text',
			/\$json\.text/,
		],
	])('refuses %s before a request is made', async (_, parameters, message, hint) => {
		const error = await failOperation({ ...sendText, ...parameters }, credential);
		expect(error.name).toBe('NodeOperationError');
		expect(error.message).toContain(message);
		expect(error.message).toContain('Could not send the text (instance “instance-1”)');
		expect(error.description).toMatch(hint);
		expect(runner.requests).toEqual([]);
	});

	it('sends once however often n8n retries the item', async () => {
		const parameters = { ...sendText, number: '15550001001', message: 'Hello' };
		const first = await runOperation(parameters, credential, { executionId: '7' });
		const retry = await runOperation(parameters, credential, { executionId: '7' });
		expect(retry.json).toEqual(first.json);
		expect(instance.sent).toHaveLength(1);
	});

	it('sends again in another execution, in a loop’s next run, and for another item', async () => {
		const parameters = { ...sendText, number: '15550001001', message: 'Hello' };
		await runOperation(parameters, credential, { executionId: '7', items: [{}, {}] });
		await runOperation(parameters, credential, { executionId: '8' });
		await runOperation(parameters, credential, { executionId: '8', runIndex: 1 });
		expect(instance.sent).toHaveLength(4);
	});
});

describe('Get', () => {
	it('looks up the message of each item', async () => {
		instance.sent.push({ number: '15550001001', message: 'Hello', messageId: '3EB0/A' });
		const { json } = await runOperation(
			{ resource: 'message', operation: 'get', messageId: '={{ $json.messageId }}' },
			credential,
			{ items: [{ messageId: '3EB0/A' }] },
		);
		expect(json).toMatchObject({ messageId: '3EB0/A', status: 'SENT' });
	});

	it('says what to check when there is no such message', async () => {
		const error = await failOperation(
			{ resource: 'message', operation: 'get', messageId: 'GONE' },
			credential,
		);
		expect(error.message).toContain('Could not look up the message');
		expect(error.message).toContain('Message not found');
		expect(error.description).toContain('30 days');
	});

	it('refuses an empty message ID before a request is made', async () => {
		const error = await failOperation({ resource: 'message', operation: 'get' }, credential);
		expect(error.message).toContain('the message ID is empty');
		expect(runner.requests).toEqual([]);
	});
});
