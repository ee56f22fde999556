import { once } from 'node:events';
import { toErrorBody, type CreatedInstance, type QrCode } from '../../../contract';
import { ApiError } from '../../../runner/ApiError';
import type { FakeSession } from './FakeSessions';
import { TestApi } from './TestApi';

const PNG_MAGIC = '89504e470d0a1a0a';

describe('linking', () => {
	let api: TestApi;
	let instance: CreatedInstance & { session: FakeSession };

	beforeAll(async () => {
		api = await TestApi.start();
	});
	beforeEach(async () => {
		instance = await api.createInstance(`instance ${api.sessions.sessions.size}`);
		instance.session.state = { ...instance.session.state, state: 'linking' };
	});
	afterAll(() => api.stop());

	const headers = () => ({ apiKey: instance.apiKey, id: instance.id });
	const getQr = (query = '', more: Record<string, string> = {}) =>
		api.call('GET', `/api/instance/qr${query}`, { headers: { ...headers(), ...more } });

	test('the QR code comes as text, as a PNG data URI, and with its end', async () => {
		const answer = await getQr();
		expect(answer.status).toBe(200);
		const { qr, png, expiresAt } = answer.body as QrCode;
		expect(qr).toBe('2@ref,key,identity,secret');
		expect(expiresAt).toBe('2023-11-14T22:13:40.000Z');
		const image = Buffer.from(png.replace('data:image/png;base64,', ''), 'base64');
		expect(image.subarray(0, 8).toString('hex')).toBe(PNG_MAGIC);
		expect(answer.headers.get('cache-control')).toBe('no-store');
	});

	test('whoever accepts image/png gets the picture itself', async () => {
		const response = await fetch(`${api.url}/api/instance/qr`, {
			headers: { ...headers(), accept: 'image/png' },
		});
		expect(response.headers.get('content-type')).toBe('image/png');
		const image = Buffer.from(await response.arrayBuffer());
		expect(image.subarray(0, 8).toString('hex')).toBe(PNG_MAGIC);
	});

	test('waits as long as it was asked to, by default not at all', async () => {
		await getQr();
		await getQr('?wait=30');
		expect(instance.session.qrWaits.map(({ timeoutMs }) => timeoutMs)).toEqual([0, 30_000]);
	});

	test.each(['61', '-1', '1.5', 'soon', ''])('does not wait for "%s" seconds', async (wait) => {
		const answer = await getQr(`?wait=${wait}`);
		expect(answer.status).toBe(400);
		expect(answer.body).toMatchObject({
			code: 'invalid_query',
			hint: expect.stringMatching(/^wait /),
		});
	});

	test('a linked instance is 409, and so is a code that is not there yet', async () => {
		instance.session.qr = async () => {
			throw new ApiError('qr_not_ready');
		};
		expect((await getQr()).body).toEqual(toErrorBody('qr_not_ready'));
		instance.session.state = { ...instance.session.state, state: 'connected' };
		const answer = await getQr();
		expect(answer.status).toBe(409);
		expect(answer.body).toEqual(toErrorBody('instance_already_linked'));
	});

	test('stops waiting when the caller hangs up', async () => {
		const caller = new AbortController();
		const hungUp = new Promise<void>((resolve) => {
			instance.session.qr = async ({ signal }) => {
				caller.abort();
				await once(signal!, 'abort');
				resolve();
				throw new ApiError('qr_not_ready');
			};
		});
		const waiting = api.call('GET', '/api/instance/qr?wait=60', {
			headers: headers(),
			signal: caller.signal,
		});
		await expect(waiting).rejects.toThrow(/abort/);
		await hungUp;
	});

	test('a pairing code is asked for with digits only', async () => {
		const answer = await api.call('POST', '/api/instance/pairing-code', {
			headers: headers(),
			json: { number: '+1 555 000-1234' },
		});
		expect(answer.body).toEqual({ code: 'ABCD1234' });
		expect(instance.session.pairingNumbers).toEqual(['15550001234']);
	});

	test.each(['120363041234567890@g.us', '98765432109876@lid', 'me'])(
		'no pairing code for %s, which is no phone',
		async (number) => {
			const answer = await api.call('POST', '/api/instance/pairing-code', {
				headers: headers(),
				json: { number },
			});
			expect(answer.status).toBe(400);
			expect(answer.body).toMatchObject({ code: 'invalid_number' });
		},
	);

	describe('the exchange with a passkey', () => {
		const expiresAt = 1_700_000_600_000;
		const options = { challenge: 'Y2hhbGxlbmdl', rpId: 'whatsapp.com', extensions: { uvm: true } };
		const response = { clientDataJSON: 'e30', authenticatorData: 'AA', signature: 'AA' };
		const assertion = { id: 'AA', rawId: 'AA', type: 'public-key', response };
		const call = (method: string, path = '', json?: unknown) =>
			api.call(method, `/api/instance/passkey${path}`, {
				headers: headers(),
				...(json === undefined ? {} : { json }),
			});

		test('gives WhatsApp’s challenge unchanged, takes the assertion and the confirmation', async () => {
			instance.session.challenge = { stage: 'challenge', options, code: null, expiresAt };
			const shown = { options, expiresAt: '2023-11-14T22:23:20.000Z' };
			expect((await call('GET')).body).toEqual({ ...shown, stage: 'challenge', code: null });
			const answered = await call('POST', '', { assertion });
			expect(answered.body).toEqual({ ...shown, stage: 'confirm', code: 'ABCD-1234' });
			expect(instance.session.assertions).toEqual([assertion]);
			expect((await call('POST', '/confirm')).body).toMatchObject({ stage: 'finishing' });
		});

		test('is 409 while WhatsApp asks for none, and what is no assertion is 400', async () => {
			expect((await call('GET')).body).toEqual(toErrorBody('passkey_not_asked'));
			const half = await call('POST', '', { assertion: { ...assertion, response: {} } });
			expect(half.status).toBe(400);
			expect(half.body).toMatchObject({ code: 'invalid_body' });
		});
	});
});
