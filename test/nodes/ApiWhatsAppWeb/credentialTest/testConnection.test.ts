import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { ApiWhatsAppWebApi } from '../../../../credentials/ApiWhatsAppWebApi.credentials';
import { ApiWhatsAppWeb } from '../../../../nodes/ApiWhatsAppWeb/ApiWhatsAppWeb.node';
import { FakeHostedService } from '../../../fakes/FakeHostedService';
import type { FakeInstance } from '../../../fakes/FakeRunner';
import { FakeRunner } from '../../../fakes/FakeRunner';
import { publishAsEmbedded } from '../../../fakes/publishAsEmbedded';
import { testCredential } from '../../testCredential';
import { toHostedCredential, toRunnerCredential } from '../runOperation';

const test = (data: ICredentialDataDecryptedObject) =>
	testCredential(new ApiWhatsAppWeb(), { type: new ApiWhatsAppWebApi(), data });

describe('a session runner at a URL', () => {
	let runner: FakeRunner;
	let instance: FakeInstance;
	let credential: ReturnType<typeof toRunnerCredential>;

	beforeEach(async () => {
		runner = await new FakeRunner().start();
		instance = runner.addInstance();
		credential = toRunnerCredential(runner, instance);
	});
	afterEach(() => runner.stop());

	it('linked: says so, with the end of the number only', async () => {
		const { status, message } = await test(credential);
		expect(status).toBe('OK');
		expect(message).toBe('Linked to the number ending in 1000 and connected');
	});

	it('takes the admin key with an instance ID as well', async () => {
		expect(await test({ ...credential, apiKey: runner.adminKey })).toMatchObject({ status: 'OK' });
	});

	it.each([
		['unlinked', /settings are right.+Instance → Connect/],
		['linking', /Instance → Connect/],
		['loggedOut', /Instance → Connect/],
		['reconnecting', /reconnecting to WhatsApp/],
		['blocked', /blocked the number/],
		['stopped', /stopped.+Instance → Restart/],
	] as const)(
		'%s: settings that are right pass, whatever is still to do',
		async (state, message) => {
			Object.assign(instance, { state, number: null });
			expect(await test(credential)).toEqual({
				status: 'OK',
				message: expect.stringMatching(message) as string,
			});
		},
	);

	it.each([
		['unreachable', () => runner.stop(), {}, /Nothing answers at/],
		['a wrong key', () => undefined, { apiKey: 'wrong-key' }, /Invalid API Key/],
		[
			'a wrong instance',
			() => undefined,
			{ apiKey: 'admin-key-of-the-fake', instanceId: 'wrong' },
			/Instance not found/,
		],
		[
			'another program',
			() => runner.answerNext({ status: 200, body: '<html></html>' }),
			{},
			/is not a session runner/,
		],
		[
			'another program’s JSON',
			() => runner.answerNext({ status: 200, body: { status: 'ok' } }),
			{},
			/is not a session runner/,
		],
		[
			'a redirect',
			() => runner.answerNext({ status: 301, headers: { location: 'https://example.com/' } }),
			{},
			/redirects to https:\/\/example\.com/,
		],
		['a field that is not filled in', () => undefined, { url: '' }, /field “URL”/],
	])('%s', async (_, prepare: () => unknown, change, message) => {
		await prepare();
		expect(await test({ ...credential, ...change })).toEqual({
			status: 'Error',
			message: expect.stringMatching(message) as string,
		});
	});
});

describe('the embedded session runner', () => {
	let runner: FakeRunner;
	let withdraw: () => Promise<void>;

	beforeEach(async () => {
		runner = await new FakeRunner().start();
		withdraw = publishAsEmbedded(runner);
	});
	afterEach(async () => {
		await withdraw();
		await runner.stop();
	});

	it('not linked: passes, says what to do next and makes no instance', async () => {
		const { status, message } = await test({ connection: 'embedded' });
		expect(status).toBe('OK');
		expect(message).toContain('run the operation Instance → Connect');
		expect(runner.instances).toEqual([]);
	});

	it('linked', async () => {
		runner.addInstance({ name: 'shop' });
		const credential = { connection: 'embedded', instanceName: 'shop' };
		expect(await test(credential)).toMatchObject({ status: 'OK' });
	});
});

describe('the hosted service', () => {
	let service: FakeHostedService;
	let credential: ReturnType<typeof toHostedCredential>;

	beforeEach(async () => {
		service = await new FakeHostedService().start();
		credential = toHostedCredential(service);
	});
	afterEach(() => service.stop());

	it('a right key: sends nothing, and is honest about the linked state', async () => {
		const { status, message } = await test(credential);
		expect(status).toBe('OK');
		expect(message).toContain('no call that tells whether the phone is linked');
		expect(service.sent).toEqual([]);
		expect(service.requests).toMatchObject([{ method: 'POST', path: '/api/text' }]);
		expect(service.requests[0]?.body ?? {}).toEqual({});
	});

	it.each([
		['a wrong key', { apiKey: 'wrong-key' }, /Invalid API Key/],
		['a wrong instance', { instanceId: 'wrong' }, /Instance not found/],
		['unreachable', { hostedUrl: 'http://127.0.0.1:1' }, /Nothing answers at/],
	])('%s', async (_, change, message) => {
		expect(await test({ ...credential, ...change })).toEqual({
			status: 'Error',
			message: expect.stringMatching(message) as string,
		});
		expect(service.sent).toEqual([]);
	});

	it('a failure of the service is not taken for a right key', async () => {
		service.answerNext({ status: 500, body: { error: 'Internal Server Error' } });
		expect(await test(credential)).toMatchObject({ status: 'Error' });
	});
});
