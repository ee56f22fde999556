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
					jid: '5554991997181@s.whatsapp.net',
					waitedMs: 0,
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
		instance.messages.push({ messageId: '3EB0/A', status: 'SENT' });
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
		expect(error.description).toContain('Message → Get Many');
	});

	it('refuses an empty message ID before a request is made', async () => {
		const error = await failOperation({ resource: 'message', operation: 'get' }, credential);
		expect(error.message).toContain('the message ID is empty');
		expect(runner.requests).toEqual([]);
	});
});

describe('the recipient', () => {
	it.each([
		['from the list', { __rl: true, mode: 'list', value: '120363000000000001@g.us' }],
		['by ID', { __rl: true, mode: 'id', value: ' 120363000000000001@g.us ' }],
		['as a text, as workflows of an earlier version hold it', '120363000000000001@g.us'],
	])('is taken %s', async (_, number) => {
		await runOperation({ ...sendText, number, message: 'Hello' }, credential);
		expect(instance.sent).toMatchObject([{ number: '120363000000000001@g.us' }]);
	});

	it('may be an expression that gives a number', async () => {
		const number = { __rl: true, mode: 'number', value: '={{ $json.number }}' };
		await runOperation({ ...sendText, number, message: 'Hello' }, credential, {
			items: [{ number: 5554991997181 }],
		});
		expect(instance.sent).toMatchObject([{ number: '5554991997181' }]);
	});

	it('of a group operation has to be a group', async () => {
		const error = await failOperation(
			{ resource: 'group', operation: 'leave', groupId: '15550001001' },
			credential,
		);
		expect(error.message).toContain('this is not the ID of a group');
		expect(error.description).toContain('Group → Join');
		expect(runner.requests).toEqual([]);
	});
});

describe('lists of people', () => {
	const addMembers = { resource: 'group', operation: 'addMembers', groupId: '1203630001@g.us' };

	it('may come from an expression, and hold nobody twice', async () => {
		const parameters = { ...sendText, number: '15550001001', message: 'Hello' };
		await runOperation(
			{ ...parameters, options: { mentions: '={{ $json.people }}' } },
			credential,
			{ items: [{ people: ['+1 555 000 1002', 15550001003, '15550001002', '1@lid'] }] },
		);
		expect(instance.sent).toMatchObject([{ mentions: ['15550001002', '15550001003', '1@lid'] }]);
	});

	it.each([
		[true, 'all'],
		[false, ['15550001002']],
	])('may be everybody in the group (%s)', async (mentionEveryone, mentions) => {
		const options = { mentions: '15550001002', mentionEveryone };
		const number = '120363000000000001@g.us';
		await runOperation({ ...sendText, number, message: '@all', options }, credential);
		expect(instance.sent).toMatchObject([{ number, mentions }]);
	});

	it.each([
		['someone who is no number', 'Ana', 'This is not a WhatsApp number'],
		['a group', '120363000000000001@g.us', 'This is not a WhatsApp number'],
		['nobody', ' , ', 'no member is given'],
		['an object', '={{ $json }}', 'holds something that is no text'],
	])('must not name %s', async (_, participants, message) => {
		const error = await failOperation({ ...addMembers, participants }, credential);
		expect(error.message).toContain(message);
		expect(runner.requests).toEqual([]);
	});
});

describe('what WhatsApp would not take', () => {
	const number = '15550001001';
	const sendPoll = { resource: 'message', operation: 'sendPoll', number, question: 'When?' };
	const sendLocation = { resource: 'message', operation: 'sendLocation', number };

	it.each<[string, object]>([
		[
			'Members',
			{
				resource: 'group',
				operation: 'addMembers',
				groupId: '1203630001@g.us',
				participants: '15550001002, Ana',
			},
		],
		[
			'Mentions',
			{
				resource: 'message',
				operation: 'sendText',
				number,
				message: 'x',
				options: { mentions: 'Ana' },
			},
		],
		[
			'Contacts',
			{
				resource: 'message',
				operation: 'sendContact',
				number,
				contacts: { contact: [{ name: 'Ana', phone: 'Ana' }] },
			},
		],
	])('the remedy names the field whose number is none: %s', async (label, parameters) => {
		const error = await failOperation(parameters as typeof sendPoll, credential);
		expect(error.description).toContain(`In “${label}” give`);
		expect(runner.requests).toEqual([]);
	});

	it.each<[string, object, string]>([
		['a poll with one answer', { ...sendPoll, pollOptions: ['Now'] }, 'two to twelve'],
		['a poll with an answer twice', { ...sendPoll, pollOptions: ['A', 'A '] }, 'different'],
		['a poll without question', { ...sendPoll, question: ' ' }, '“Question” is empty'],
		[
			'no contact at all',
			{ resource: 'message', operation: 'sendContact', number, contacts: {} },
			'no contact to send',
		],
		[
			'a contact without number',
			{
				resource: 'message',
				operation: 'sendContact',
				number,
				contacts: { contact: [{ name: 'Ana' }] },
			},
			'not a WhatsApp number',
		],
		['a place without degrees', sendLocation, '“Latitude” is empty'],
		[
			'a place of which an expression gives half',
			{ ...sendLocation, latitude: 1, longitude: '={{ $json.missing }}' },
			'“Longitude” is empty',
		],
		[
			'a place in words',
			{ ...sendLocation, latitude: '={{ "north" }}' },
			'“Latitude” holds no number from -90 to 90',
		],
		[
			'a place beyond the pole',
			{ ...sendLocation, latitude: '90.1', longitude: 0 },
			'“Latitude” holds no number from -90 to 90',
		],
		[
			'a place with a comma',
			{ ...sendLocation, latitude: 1, longitude: '-46,6333' },
			'“Longitude” holds no number from -180 to 180',
		],
		[
			'a change of nothing',
			{ resource: 'group', operation: 'update', groupId: '1203630001@g.us' },
			'nothing to change',
		],
	])('is refused before a request is made: %s', async (_, parameters, message) => {
		const error = await failOperation(parameters as typeof sendPoll, credential);
		expect(error.message).toContain(message);
		expect(runner.requests).toEqual([]);
	});

	it.each<[unknown, unknown]>([
		[0, 0],
		['0', ' 0.0 '],
		['={{ 0 }}', '={{ "0" }}'],
	])('sends a place at zero degrees when it is given: %j, %j', async (latitude, longitude) => {
		const place = { ...sendLocation, latitude, longitude } as typeof sendLocation;
		await runOperation(place, credential);
		expect(instance.sent).toMatchObject([{ latitude: 0, longitude: 0 }]);
	});

	it('takes the answers of a poll from an expression', async () => {
		await runOperation({ ...sendPoll, pollOptions: '={{ $json.days }}' }, credential, {
			items: [{ days: ['Mon', 'Tue'] }],
		});
		expect(instance.sent).toMatchObject([{ options: ['Mon', 'Tue'], selectableCount: 1 }]);
	});
});

it('takes what was sent out of an error that quotes it', async () => {
	runner.answerNext({
		status: 400,
		body: { error: 'Body in wrong format', hint: 'options/0 "Secret answer" and 15550001009' },
	});
	const error = await failOperation(
		{
			resource: 'message',
			operation: 'sendPoll',
			number: '15550001009',
			question: 'When?',
			pollOptions: ['Secret answer', 'Other'],
		},
		credential,
	);
	expect(error.description).toBe('options/0 "…" and …');
});
