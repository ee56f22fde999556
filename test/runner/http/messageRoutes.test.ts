import {
	MAX_TEXT_LENGTH,
	toErrorBody,
	type CreatedInstance,
	type MessageDetails,
	type MessageView,
} from '../../../contract';
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
				jid: '5554991997181@s.whatsapp.net',
				waitedMs: 0,
				messageId: expect.stringMatching(/^3EB0/),
			});
		}
		expect(instance.session.commands[0]).toMatchObject({ jid: '5554991997181@s.whatsapp.net' });
		expect(instance.session.drafts[0]).toEqual({ kind: 'text', text: 'Hello' });
	});

	test.each(['120363041234567890@g.us', '98765432109876@lid'])(
		'the answer for %s carries the JID as text',
		async (jid) => {
			expect((await send({ number: jid, message: 'Hello' })).body).toMatchObject({ phone: jid });
		},
	);

	test('a message that waits to be sent is a 202 that says so', async () => {
		instance.session.answer = async ({ jid }) => ({
			messageId: '3EB0Q',
			jid,
			state: 'queued',
			waitedMs: 25_000,
		});
		const answer = await send({ number: 15550001234, message: 'Hello' });
		expect(answer.status).toBe(202);
		expect(answer.body).toMatchObject({
			message: 'Text queued',
			messageId: '3EB0Q',
			state: 'queued',
			phone: 15550001234,
			waitedMs: 25_000,
		});
	});

	test('a text as long as WhatsApp allows is sent unchanged', async () => {
		const message = ` ${'ü'.repeat(MAX_TEXT_LENGTH - 2)}\n`;
		expect((await send({ number: 15550001234, message })).status).toBe(200);
		expect(instance.session.drafts).toEqual([{ kind: 'text', text: message }]);
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

	test('everybody in a group can be named, and nobody else by that word', async () => {
		const number = '120363041234567890@g.us';
		expect((await send({ number, message: '@all', mentions: 'all' })).status).toBe(200);
		expect(instance.session.commands).toMatchObject([{ jid: number, mentions: 'all' }]);
		const direct = await send({ number: 15550001234, message: '@all', mentions: 'all' });
		expect(direct).toMatchObject({
			status: 400,
			body: { code: 'invalid_body', hint: expect.stringContaining('the id of a group') as string },
		});
		const other = await send({ number, message: '@all', mentions: 'everyone' });
		expect(other.body).toMatchObject({
			code: 'invalid_body',
			hint: expect.stringContaining('or "all"') as string,
		});
		expect(instance.session.commands).toHaveLength(1);
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
		instance.session.answer = async () => {
			throw new ApiError('rejected_by_whatsapp', 'Error 463.');
		};
		const answer = await send({ number: 15550001234, message: 'Hi' });
		expect(answer.status).toBe(422);
		expect(answer.body).toEqual(toErrorBody('rejected_by_whatsapp', 'Error 463.'));
	});

	test('a fault of ours is a 500 that tells the caller nothing of it, and the log all', async () => {
		instance.session.answer = async () => {
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

	test.each<[string, string, object, string]>([
		['a poll with one option', 'poll', { question: 'Q', options: ['a'] }, 'options'],
		[
			'a poll with the same option twice',
			'poll',
			{ question: 'Q', options: ['a', 'a'] },
			'options',
		],
		['a poll without a question', 'poll', { question: '', options: ['a', 'b'] }, 'question'],
		[
			'a poll with more choices than options',
			'poll',
			{ question: 'Q', options: ['a', 'b'], selectableCount: 3 },
			'selectableCount',
		],
		[
			'a poll with too many options',
			'poll',
			{ question: 'Q', options: Array.from({ length: 13 }, (_, at) => `o${at}`) },
			'options',
		],
		['a place that is nowhere', 'location', { latitude: 91, longitude: 0 }, 'latitude'],
		['a place without longitude', 'location', { latitude: 9 }, 'longitude'],
		['no contact cards', 'contact', { contacts: [] }, 'contacts'],
		['a contact card without a name', 'contact', { contacts: [{ phone: '15550001111' }] }, 'name'],
	])('%s is refused, and the hint names the field', async (_what, route, body, field) => {
		const answer = await api.call('POST', `/api/${route}`, {
			headers: { apiKey: instance.apiKey, id: instance.id },
			json: { number: 15550001234, ...body },
		});
		expect(answer.status).toBe(400);
		expect(answer.body).toMatchObject({
			code: 'invalid_body',
			hint: expect.stringContaining(field) as string,
		});
		expect(instance.session.commands).toEqual([]);
	});

	test('a message of which nothing is kept cannot be quoted', async () => {
		const key = { messageId: 'OLD', chat: '1@s.whatsapp.net', participant: '', isFromMe: false };
		const message = {
			key,
			type: 'image',
			text: '',
			number: '1',
			sentAtMs: 0,
			isDeleted: false,
			details: {},
		} as const;
		api.stored.set('OLD', { ...message, content: null });
		const body = { number: 15550001234, message: 'Hi', quotedMessageId: 'OLD' };
		expect(await send(body)).toMatchObject({
			status: 422,
			body: { code: 'message_content_gone' },
		});
		api.stored.set('OLD', { ...message, text: 'some text', content: null });
		expect(await send(body)).toMatchObject({ status: 200 });
		expect(instance.session.commands[0]?.quoted?.text).toBe('some text');
	});

	test('contact cards take numbers as people write them, and no groups', async () => {
		const sendCard = (phone: string) =>
			api.call('POST', '/api/contact', {
				headers: { apiKey: instance.apiKey, id: instance.id },
				json: { number: 15550001234, contacts: [{ name: 'Ann', phone }] },
			});
		expect((await sendCard('+1 (555) 000-1111')).status).toBe(200);
		expect(instance.session.drafts).toEqual([
			{ kind: 'contact', contacts: [{ name: 'Ann', phone: '15550001111' }] },
		]);
		expect((await sendCard('120363041234567890@g.us')).body).toMatchObject({
			code: 'invalid_number',
		});
	});

	test('a message is looked up by its id', async () => {
		const message: MessageView = {
			...toSampleDetails(),
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

function toSampleDetails(): MessageDetails {
	return {
		type: 'text',
		chat: { id: '15550001234@s.whatsapp.net', type: 'direct', name: null, key: 'chat_1' },
		sender: { phone: '15550001111', lid: null, name: null, username: null },
		fromMe: true,
		isGroup: false,
		quoted: null,
		mentions: [],
		mentionsMe: false,
		media: null,
		viewOnce: false,
		forwarded: false,
		late: false,
		edited: false,
	};
}
