import { MAX_TEXT_LENGTH, toErrorBody, type CreatedInstance } from '../../../contract';
import { ApiError } from '../../../runner/ApiError';
import type { FakeSession } from './FakeSessions';
import { TestApi, type CallOptions } from './TestApi';

describe('messages', () => {
	let api: TestApi;
	let instance: CreatedInstance & { session: FakeSession };

	beforeAll(async () => {
		api = await TestApi.start();
	});
	beforeEach(async () => {
		instance = await api.createInstance(`instance ${api.sessions.sessions.size}`);
	});
	afterAll(() => api.stop());

	const send = (json: unknown, headers: CallOptions['headers'] = {}) =>
		api.call('POST', '/api/text', {
			headers: { apiKey: instance.apiKey, id: instance.id, ...headers },
			json,
		});

	test('a text is answered as the hosted service does, with the number as a number', async () => {
		for (const number of [5554991997181, '5554991997181', '+55 54 99199-7181']) {
			const answer = await send({ number, message: 'Hello' });
			expect(answer.status).toBe(200);
			expect(answer.body).toEqual({
				message: 'Text sent successfully!',
				phone: 5554991997181,
				messageId: expect.stringMatching(/^3EB0/),
			});
		}
		expect(instance.session.commands[0]).toEqual({
			recipient: { jid: '5554991997181@s.whatsapp.net', kind: 'phone' },
			text: 'Hello',
		});
	});

	test.each(['120363041234567890@g.us', '98765432109876@lid'])(
		'the answer for %s carries the JID as text',
		async (jid) => {
			expect((await send({ number: jid, message: 'Hello' })).body).toMatchObject({ phone: jid });
		},
	);

	test('a message that waits to be sent is a 202 that says so', async () => {
		instance.session.send = async () => ({ messageId: '3EB0Q', state: 'queued' });
		const answer = await send({ number: 15550001234, message: 'Hello' });
		expect(answer.status).toBe(202);
		expect(answer.body).toMatchObject({ messageId: '3EB0Q', state: 'queued', phone: 15550001234 });
	});

	test('a text as long as WhatsApp allows is sent unchanged', async () => {
		const message = ` ${'ü'.repeat(MAX_TEXT_LENGTH - 2)}\n`;
		expect((await send({ number: 15550001234, message })).status).toBe(200);
		expect(instance.session.commands[0]?.text).toBe(message);
	});

	test.each([
		['an empty text', { number: 15550001234, message: '' }, 'empty_text'],
		['white space', { number: 15550001234, message: ' \n\t\u00a0' }, 'empty_text'],
		[
			'a text that is too long',
			{ number: 15550001234, message: 'a'.repeat(MAX_TEXT_LENGTH + 1) },
			'text_too_long',
		],
		['a number that is none', { number: 'abc', message: 'Hi' }, 'invalid_number'],
		['a number with a fraction', { number: 1555.5, message: 'Hi' }, 'invalid_number'],
		['a number too large to be exact', { number: 2 ** 60, message: 'Hi' }, 'invalid_number'],
		['a broadcast list', { number: 'status@broadcast', message: 'Hi' }, 'invalid_number'],
	])('%s is refused and nothing is sent', async (_what, body, code) => {
		const answer = await send(body);
		expect(answer.status).toBe(400);
		expect(answer.body).toMatchObject({ code });
		expect(instance.session.commands).toEqual([]);
	});

	test.each([
		[{ message: 'Hi' }, 'number is missing.'],
		[{ number: 15550001234 }, 'message is missing.'],
		[{ number: 15550001234, message: 5 }, 'message must be a text.'],
		[{ number: [15550001234], message: 'Hi' }, 'number must be a number or a text.'],
		[{ number: null, message: 'Hi' }, 'number must be a number or a text.'],
		[[], 'The body must be a JSON object.'],
		['Hi', 'The body must be a JSON object.'],
		[null, 'The body must be a JSON object.'],
	])('the body %j is in the wrong format, and the hint names the field', async (body, hint) => {
		const answer = await send(body);
		expect(answer.status).toBe(400);
		expect(answer.body).toEqual({ error: 'Body in wrong format', code: 'invalid_body', hint });
	});

	test('the Idempotency-Key goes along with a hash that means the same for the same request', async () => {
		const headers = { 'Idempotency-Key': 'order 66' };
		await send({ number: 15550001234, message: 'Hi' }, headers);
		await send({ message: 'Hi', number: '+1 555 000-1234' }, headers);
		await send({ number: 15550001234, message: 'Hi!' }, headers);
		const [first, same, other] = instance.session.commands.map(({ idempotency }) => idempotency);
		expect(first).toEqual({ key: 'order 66', bodyHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
		expect(same).toEqual(first);
		expect(other?.bodyHash).not.toBe(first?.bodyHash);
	});

	test.each(['a'.repeat(256), 'schlüssel', 'tab\there'])(
		'an Idempotency-Key that is too long or not printable is refused (%#)',
		async (key) => {
			const answer = await send({ number: 15550001234, message: 'Hi' }, { 'Idempotency-Key': key });
			expect(answer.status).toBe(400);
			expect(answer.body).toMatchObject({ code: 'invalid_header' });
			expect(instance.session.commands).toEqual([]);
		},
	);

	test('what the session refuses reaches the caller with status, code and hint', async () => {
		instance.session.send = async () => {
			throw new ApiError('rejected_by_whatsapp', 'Error 463.');
		};
		const answer = await send({ number: 15550001234, message: 'Hi' });
		expect(answer.status).toBe(422);
		expect(answer.body).toEqual(toErrorBody('rejected_by_whatsapp', 'Error 463.'));
	});

	test('a fault of ours is a 500 that tells the caller nothing of it, and the log all', async () => {
		instance.session.send = async () => {
			throw new TypeError('secret detail');
		};
		const answer = await send({ number: 15550001234, message: 'a private text' });
		expect(answer.status).toBe(500);
		expect(answer.body).toEqual(toErrorBody('internal_error'));
		expect(answer.text).not.toMatch(/secret detail|at .*\.ts/);
		const log = api.logLines.join('');
		expect(log).toContain('secret detail');
		expect(log).not.toMatch(/a private text|15550001234/);
	});

	test('a message is looked up by its id', async () => {
		const message = {
			messageId: '3EB0ABC',
			number: '15550001234',
			message: 'Hi',
			type: 'text' as const,
			fromMe: true,
			timestamp: '2026-01-01T00:00:00.000Z',
			status: 'SENT' as const,
			statusHistory: [{ status: 'SENT' as const, at: '2026-01-01T00:00:00.000Z' }],
		};
		api.messages.set('3EB0ABC', message);
		const headers = { apiKey: instance.apiKey, id: instance.id };
		expect((await api.call('GET', '/api/message/3EB0ABC', { headers })).body).toEqual(message);
		const unknown = await api.call('GET', '/api/message/3EB0ABD', { headers });
		expect(unknown.status).toBe(404);
		expect(unknown.body).toEqual(toErrorBody('message_not_found'));
	});
});
