import { EVENT_NAMES } from '../../../../contract';
import type { FakeInstance } from '../../../fakes/FakeRunner';
import { FakeRunner } from '../../../fakes/FakeRunner';
import { failOperation, runOperation, toRunnerCredential } from '../runOperation';

const changeUrl = { resource: 'webhook', operation: 'changeUrl' };

let runner: FakeRunner;
let instance: FakeInstance;
let credential: ReturnType<typeof toRunnerCredential>;

beforeEach(async () => {
	runner = await new FakeRunner().start();
	instance = runner.addInstance();
	credential = toRunnerCredential(runner, instance);
});
afterEach(() => runner.stop());

it.each(EVENT_NAMES)('Change URL sets and clears the URL of %s', async (event) => {
	await runOperation({ ...changeUrl, event, url: ' https://example.com/hook ' }, credential);
	expect(instance.webhooks[event]).toBe('https://example.com/hook');
	const { json } = await runOperation({ ...changeUrl, event, url: '' }, credential);
	expect(instance.webhooks[event]).toBeNull();
	expect(json).toEqual({ success: 'Webhook URL updated' });
});

it.each([
	['example.com/hook', 'this is not a URL', /whole address/],
	['ftp://example.com/hook', 'only accepts HTTPS webhooks', /https:\/\//],
])('Change URL refuses %s before a request is made', async (url, message, hint) => {
	const error = await failOperation({ ...changeUrl, event: 'sent', url }, credential);
	expect(error.message).toContain(message);
	expect(error.description).toMatch(hint);
	expect(runner.requests).toEqual([]);
});

it('Change URL leaves http to the runner, whose operator may have allowed the host', async () => {
	const error = await failOperation(
		{ ...changeUrl, event: 'sent', url: 'http://example.com/hook' },
		credential,
	);
	expect(runner.requests).toHaveLength(1);
	expect(error.message).toContain('API WhatsApp Web only accepts HTTPS webhooks');
	expect(error.description).toContain('AWW_ALLOW_HTTP_WEBHOOK_HOSTS');
});

it.each(['changeUrl', 'sendTest'])('%s refuses an event that does not exist', async (operation) => {
	const error = await failOperation(
		{ resource: 'webhook', operation, event: '={{ "deleted" }}', url: 'https://example.com' },
		credential,
	);
	expect(error.message).toContain('Unknown event');
	expect(runner.requests).toEqual([]);
});

it('Get URLs shows all five', async () => {
	instance.webhooks.received = 'https://example.com/received';
	const { json } = await runOperation({ resource: 'webhook', operation: 'getUrls' }, credential);
	expect(Object.keys(json ?? {}).sort()).toEqual([...EVENT_NAMES].sort());
	expect(json?.received).toMatchObject({ URL: 'https://example.com/received', disabled: null });
});

it('Send Test reports what the receiver answered, a failure included', async () => {
	instance.webhooks.status = 'https://example.com/status';
	runner.testResult = { delivered: false, status: 404, ms: 5, error: 'HTTP 404', answer: 'no' };
	const { json } = await runOperation(
		{ resource: 'webhook', operation: 'sendTest', event: 'status' },
		credential,
	);
	expect(json).toEqual(runner.testResult);
});

it('Send Test says where to set a URL when there is none', async () => {
	const error = await failOperation(
		{ resource: 'webhook', operation: 'sendTest', event: 'status' },
		credential,
	);
	expect(error.message).toContain('No webhook URL is set for this event');
	expect(error.description).toContain('Webhook → Change URL');
});
