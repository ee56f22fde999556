import {
	DELETE_WINDOW_MS,
	EDIT_WINDOW_MS,
	MAX_CAPTION_LENGTH,
	type CreatedInstance,
	type MessageType,
} from '../../../contract';
import type { StoredMessage } from '../../../runner/messages/StoredMessage';
import type { FakeSession } from './FakeSessions';
import { TestApi } from './TestApi';

const CHAT = '15550001234@s.whatsapp.net';
const GROUP = '120363041234567890@g.us';

let api: TestApi;
let instance: CreatedInstance & { session: FakeSession };
beforeAll(async () => {
	api = await TestApi.start();
});
beforeEach(async () => {
	instance = await api.createInstance(`instance ${api.sessions.sessions.size}`);
	api.stored.clear();
});
afterAll(() => api.stop());

const call = (method: string, path: string, json?: object, key?: string) =>
	api.call(method, path, {
		headers: {
			apiKey: instance.apiKey,
			id: instance.id,
			...(key ? { 'Idempotency-Key': key } : {}),
		},
		...(json ? { json } : {}),
	});

interface Sample {
	chat?: string;
	isOwn?: boolean;
	type?: MessageType;
	ageMs?: number;
	more?: Partial<StoredMessage>;
}

/** A message `M1` of the journal. */
function keep({ chat = CHAT, isOwn = true, type = 'text', ageMs = 0, more }: Sample = {}) {
	const message: StoredMessage = {
		key: { messageId: 'M1', chat, participant: '', isFromMe: isOwn },
		type,
		text: 'before',
		number: '15550001234',
		sentAtMs: Date.now() - ageMs,
		isDeleted: false,
		details: {},
		content: Buffer.from([10, 0]),
		...more,
	};
	api.stored.set('M1', message);
	return message;
}

describe('PUT /api/message/:messageId', () => {
	const edit = (message: string) => call('PUT', '/api/message/M1', { message });

	test.each(['text', 'image', 'video', 'document'] as const)('changes a %s', async (type) => {
		const target = keep({ type, ageMs: EDIT_WINDOW_MS - 60_000 });
		const answer = await edit('after');
		expect(answer).toMatchObject({
			status: 200,
			body: { message: 'Message edited successfully!', messageId: 'M1', jid: CHAT },
		});
		expect(instance.session.drafts).toEqual([{ kind: 'edit', target, text: 'after' }]);
	});

	test.each<[string, Sample, string, number]>([
		['what others wrote', { isOwn: false }, 'not_own_message', 422],
		['a sticker', { type: 'sticker' }, 'message_not_editable', 422],
		['a voice note', { type: 'voice' }, 'message_not_editable', 422],
		['after 15 minutes', { ageMs: EDIT_WINDOW_MS + 1_000 }, 'too_late_to_edit', 422],
	])('refuses %s', async (_what, sample, code, status) => {
		keep(sample);
		expect(await edit('after')).toMatchObject({ status, body: { code } });
		expect(instance.session.commands).toEqual([]);
	});

	test('refuses empty texts, captions that are too long and unknown messages', async () => {
		expect(await edit('after')).toMatchObject({ status: 404, body: { code: 'message_not_found' } });
		keep({ type: 'image' });
		expect(await edit(' ')).toMatchObject({ status: 400, body: { code: 'empty_text' } });
		const long = 'a'.repeat(MAX_CAPTION_LENGTH + 1);
		expect(await edit(long)).toMatchObject({ status: 400, body: { code: 'text_too_long' } });
		keep();
		expect(await edit(long)).toMatchObject({ status: 200 });
	});
});

describe('DELETE /api/message/:messageId', () => {
	const remove = () => call('DELETE', '/api/message/M1');

	test('deletes own messages, and others’ in groups', async () => {
		keep({ ageMs: DELETE_WINDOW_MS - 60_000 });
		expect(await remove()).toMatchObject({
			status: 200,
			body: { message: 'Message deleted successfully!', messageId: 'M1' },
		});
		keep({ chat: GROUP, isOwn: false });
		expect(await remove()).toMatchObject({ status: 200, body: { phone: GROUP } });
	});

	test('refuses others’ messages in chats, and what is too old or unknown', async () => {
		expect(await remove()).toMatchObject({ status: 404 });
		keep({ isOwn: false });
		expect(await remove()).toMatchObject({ status: 422, body: { code: 'not_own_message' } });
		keep({ ageMs: DELETE_WINDOW_MS + 1_000 });
		expect(await remove()).toMatchObject({ status: 422, body: { code: 'too_late_to_delete' } });
		expect(instance.session.commands).toEqual([]);
	});
});

describe('POST /api/reaction', () => {
	const react = (emoji: string, key?: string) =>
		call('POST', '/api/reaction', { number: '15550001234', messageId: 'M1', emoji }, key);

	test.each(['👍', '❤️', '❤', '👩🏽‍🚀', '🇧🇷', '1️⃣', ''])('takes "%s"', async (emoji) => {
		const target = keep({ isOwn: false });
		expect(await react(emoji)).toMatchObject({ status: 200 });
		expect(instance.session.drafts).toEqual([{ kind: 'reaction', target, emoji }]);
	});

	test.each(['👍👍', 'ok', '1', '#', ' ', '👍 ', 'a'.repeat(65)])('refuses "%s"', async (emoji) => {
		keep();
		expect(await react(emoji)).toMatchObject({ status: 400, body: { code: 'invalid_body' } });
		expect(instance.session.commands).toEqual([]);
	});

	test('refuses messages that are not known', async () => {
		expect(await react('👍')).toMatchObject({ status: 404, body: { code: 'message_not_found' } });
	});
});

describe('POST /api/message/:messageId/forward', () => {
	const forward = (key?: string) =>
		call('POST', '/api/message/M1/forward', { number: '15550009999' }, key);

	test('sends it on', async () => {
		const original = keep({ type: 'image', isOwn: false });
		expect(await forward()).toMatchObject({
			status: 200,
			body: { message: 'Message forwarded successfully!', phone: 15550009999 },
		});
		expect(instance.session.drafts).toEqual([{ kind: 'forward', original }]);
	});

	test.each<[string, Sample]>([
		['has no content here', { more: { content: null } }],
		['is to be seen once', { type: 'image', more: { details: { viewOnce: true } } }],
		['is a reaction', { type: 'reaction' }],
		['is a vote', { type: 'poll_vote' }],
		['only announces an album', { type: 'album' }],
	])('refuses what %s', async (_what, sample) => {
		keep(sample);
		expect(await forward()).toMatchObject({
			status: 422,
			body: { code: 'message_content_gone' },
		});
		expect(instance.session.commands).toEqual([]);
	});
});

test('what was deleted for everyone is not changed, answered, forwarded or reacted to', async () => {
	keep({ more: { isDeleted: true } });
	const number = '15550001234';
	const answers = await Promise.all([
		call('PUT', '/api/message/M1', { message: 'after' }),
		call('POST', '/api/message/M1/forward', { number }),
		call('POST', '/api/reaction', { number, messageId: 'M1', emoji: '👍' }),
		call('POST', '/api/text', { number, message: 'yes', quotedMessageId: 'M1' }),
	]);
	for (const answer of answers) {
		expect(answer).toMatchObject({ status: 422, body: { code: 'message_content_gone' } });
	}
	expect(instance.session.commands).toEqual([]);
	expect(await call('DELETE', '/api/message/M1')).toMatchObject({ status: 200 });
});

test('every change carries the Idempotency-Key, with a hash of what it changes', async () => {
	keep();
	const calls: Array<() => Promise<unknown>> = [
		() => call('PUT', '/api/message/M1', { message: 'after' }, 'k'),
		() => call('PUT', '/api/message/M1', { message: 'other' }, 'k'),
		() => call('DELETE', '/api/message/M1', undefined, 'k'),
		() => call('POST', '/api/message/M1/forward', { number: '15550009999' }, 'k'),
		() => call('POST', '/api/message/M1/forward', { number: '15550008888' }, 'k'),
		() =>
			call('POST', '/api/reaction', { number: '15550001234', messageId: 'M1', emoji: '👍' }, 'k'),
		() => call('POST', '/api/reaction', { number: '15550001234', messageId: 'M1', emoji: '' }, 'k'),
	];
	for (const one of calls) await one();
	const keys = instance.session.commands.map(({ idempotency }) => idempotency);
	expect(keys.map((key) => key?.key)).toEqual(calls.map(() => 'k'));
	expect(new Set(keys.map((key) => key?.bodyHash)).size).toBe(calls.length);
});
