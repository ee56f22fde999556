import type { FakeInstance } from '../../../fakes/FakeRunner';
import { FakeRunner } from '../../../fakes/FakeRunner';
import { failOperation, runOperation, toRunnerCredential } from '../runOperation';

const connect = { resource: 'instance', operation: 'connect' };

let runner: FakeRunner;
let instance: FakeInstance;
let credential: ReturnType<typeof toRunnerCredential>;

beforeEach(async () => {
	runner = await new FakeRunner().start();
	instance = runner.addInstance({ state: 'unlinked', number: null });
	credential = toRunnerCredential(runner, instance);
});
afterEach(() => runner.stop());

describe('Connect', () => {
	it('returns at once with the QR code as a PNG, and a hint to scan it', async () => {
		const { items, hints } = await runOperation(connect, credential);
		expect(items[0]?.json).toMatchObject({ state: 'linking', qr: '2@qr-of-instance-1' });
		expect(Date.parse(items[0]?.json.expiresAt as string)).toBeGreaterThan(Date.now());
		const { data, ...file } = items[0]!.binary!.data!;
		expect(file).toMatchObject({ mimeType: 'image/png', fileName: 'qr.png', fileExtension: 'png' });
		expect(Buffer.from(data, 'base64').subarray(1, 4).toString()).toBe('PNG');
		expect(hints[0]).toMatchObject({
			location: 'outputPane',
			type: 'info',
			message: expect.stringMatching(/Linked devices.+valid for [1-9]\d? seconds/) as string,
		});
	});

	it('says connected, without a QR code, when a phone is linked already', async () => {
		Object.assign(instance, { state: 'connected', number: '15550001000' });
		const { items } = await runOperation(connect, credential);
		expect(items[0]?.json).toMatchObject({ state: 'connected', number: '15550001000' });
		expect(items[0]?.json).not.toHaveProperty('qr');
		expect(items[0]).not.toHaveProperty('binary');
		expect(runner.requests.map(({ path }) => path)).toEqual([
			'/api/instance/connect',
			'/api/instance',
		]);
	});

	it('ends as soon as the phone is linked', async () => {
		const startedAt = Date.now();
		const running = runOperation({ ...connect, waitSeconds: 300 }, credential);
		await until(() => runner.requests.some(({ path }) => path === '/api/instance'));
		Object.assign(instance, { state: 'connected', number: '15550001000' });
		const { items } = await running;
		expect(items[0]?.json).toMatchObject({ state: 'connected', number: '15550001000' });
		expect(items[0]).not.toHaveProperty('binary');
		expect(Date.now() - startedAt).toBeLessThan(10_000);
	});

	it('returns a valid QR code when the time is over, even if the first ones are used up', async () => {
		const running = runOperation({ ...connect, waitSeconds: 0.2 }, credential);
		await until(() => runner.requests.some(({ path }) => path === '/api/instance'));
		instance.state = 'unlinked';
		const { items } = await running;
		expect(items[0]?.json.state).toBe('linking');
		expect(items[0]?.binary?.data?.fileName).toBe('qr.png');
	});

	it('takes a phone that is linked just before the QR code is read for success', async () => {
		runner.answerNext({ status: 200, body: { state: 'linking' } });
		runner.answerNext({ status: 200, body: { state: 'linking' } });
		instance.state = 'connected';
		const { items } = await runOperation(connect, credential);
		expect(runner.requests.map(({ path }) => path)).toContain('/api/instance/qr');
		expect(items[0]?.json.state).toBe('connected');
		expect(items[0]).not.toHaveProperty('binary');
	});

	it('shows no QR code for a linked instance that is only offline at this moment', async () => {
		instance.state = 'reconnecting';
		const { items } = await runOperation(connect, credential);
		expect(items[0]?.json.state).toBe('reconnecting');
		expect(items[0]).not.toHaveProperty('binary');
	});

	it('stops waiting when the user stops the execution', async () => {
		const stop = new AbortController();
		const running = failOperation({ ...connect, waitSeconds: 300 }, credential, {
			signal: stop.signal,
		});
		await until(() => runner.requests.some(({ path }) => path === '/api/instance'));
		stop.abort();
		expect((await running).message).toContain('The execution was stopped');
	});

	it('stops waiting and explains when WhatsApp asks for the passkey of the account', async () => {
		const running = failOperation({ ...connect, waitSeconds: 300 }, credential);
		await until(() => runner.requests.some(({ path }) => path === '/api/instance'));
		instance.lastError = 'passkey_required: WhatsApp asks for the passkey of this account.';
		const error = await running;
		expect(error.message).toContain('WhatsApp asks for the passkey of this account');
		expect(error.description).toContain('web.whatsapp.com');
	});

	it('explains a number that WhatsApp has blocked', async () => {
		instance.state = 'blocked';
		const error = await failOperation(connect, credential);
		expect(error.message).toContain('WhatsApp has blocked this number');
		expect(error.description).toContain('Open WhatsApp on the phone');
	});

	it.each(['soon', -1, 1e9])('refuses to wait for %s seconds', async (waitSeconds) => {
		const error = await failOperation({ ...connect, waitSeconds }, credential);
		expect(error.message).toMatch(/wait/);
		expect(runner.requests).toEqual([]);
	});
});

it('Get Pairing Code gives the code for a phone’s number', async () => {
	const { json } = await runOperation(
		{ resource: 'instance', operation: 'getPairingCode', number: '+1 555 000 1001' },
		credential,
	);
	expect(json).toEqual({ code: 'ABCD-EFGH' });
	expect(runner.requests[0]?.body).toEqual({ number: '15550001001' });
});

it('Get Pairing Code refuses a group before a request is made', async () => {
	const error = await failOperation(
		{ resource: 'instance', operation: 'getPairingCode', number: '120363000000000001@g.us' },
		credential,
	);
	expect(error.message).toContain('This is not a WhatsApp number');
	expect(runner.requests).toEqual([]);
});

it('Get Pairing Code of a linked instance says to log out first', async () => {
	instance.state = 'connected';
	const error = await failOperation(
		{ resource: 'instance', operation: 'getPairingCode', number: '15550001001' },
		credential,
	);
	expect(error.description).toContain('Instance → Log Out');
});

it('Get Status shows the state', async () => {
	const { json } = await runOperation({ resource: 'instance', operation: 'getStatus' }, credential);
	expect(json).toMatchObject({ id: 'instance-1', state: 'unlinked', number: null });
});

it.each([
	['restart', '/api/instance/restart', 'connected'],
	['logOut', '/api/instance/logout', 'unlinked'],
])('%s posts to %s and gives the state it leads to', async (operation, path, state) => {
	instance.state = 'connected';
	const { json } = await runOperation({ resource: 'instance', operation }, credential);
	expect(runner.requests).toMatchObject([{ method: 'POST', path }]);
	expect(json).toMatchObject({ state });
});

/** Resolves once the condition holds: polled between turns of the event loop, no fixed sleep. */
async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
