import type { CreatedInstance } from '../../../contract';
import { systemClock } from '../../../runner/Clock';
import { MessageLookup } from '../../../runner/messages/MessageLookup';
import { MessageRepository } from '../../../runner/messages/MessageRepository';
import type { FakeSession } from './FakeSessions';
import { TestApi } from './TestApi';

const ANN = { phone: '15550002222', lid: '22@lid', jid: '15550002222@s.whatsapp.net' };
const MALLORY = { phone: '15550006666', lid: '66@lid', jid: '15550006666@s.whatsapp.net' };
const BRAZIL = '555499887766@s.whatsapp.net';
const TEAM = '120363000000000001@g.us';

/** Contacts name ids in quotes and reactions, and workflows hand them back: over the real journal. */
describe('an id that a contact has named', () => {
	let api: TestApi;
	let instance: CreatedInstance & { session: FakeSession };
	let messages: MessageRepository;
	beforeAll(async () => {
		api = await TestApi.start();
		messages = new MessageRepository(api.database, 86_400_000);
		const shown = { toMediaUrl: () => '', nameOf: () => null, keyOf: () => '' };
		const lookup = { messages, clock: systemClock, ...shown };
		Object.assign(api.parts, { messages: new MessageLookup(lookup) });
		instance = await api.createInstance('sales');
		await add('ANN-1', ANN.jid, ANN, 'of ann');
		await add('OURS-1', ANN.jid, null, 'to ann');
		await add('TEAM-M', TEAM, MALLORY, 'of mallory in the team');
		await add('TEAM-A', TEAM, ANN, 'of ann in the team');
		await add('BRAZIL', BRAZIL, null, 'to brazil');
		// The same id in both chats: hers is the later one.
		await add('TWICE', ANN.jid, ANN, 'first');
		await add('TWICE', MALLORY.jid, MALLORY, 'second');
	});
	afterAll(() => api.stop());
	beforeEach(() => {
		instance.session.commands.length = 0;
		instance.session.drafts.length = 0;
	});

	async function add(messageId: string, chat: string, sender: typeof ANN | null, text: string) {
		const participant = chat.endsWith('@g.us') && sender ? sender.lid : '';
		const row = {
			...{ chatId: chat, type: 'text' as const, text, details: {}, content: Buffer.from([10, 0]) },
			...{ isProtocolPending: false, number: chat, sentAtMs: Date.now(), target: null },
			...{ status: 'RECEIVED' as const, mediaState: null },
			key: { messageId, chat, participant, isFromMe: sender === null },
			sender: { phone: sender?.phone ?? null, lid: sender?.lid ?? null, name: null },
		};
		await api.database.write([messages.insert(instance.id, row, Date.now())]);
	}
	const call = (method: string, path: string, json?: object) =>
		api.call(method, path, {
			headers: { apiKey: instance.apiKey, id: instance.id },
			...(json ? { json } : {}),
		});
	const quote = (number: string, quotedMessageId: string, quotedChat?: string) =>
		call('POST', '/api/text', { number, message: 'Hi', quotedMessageId, quotedChat });
	const quoted = () => instance.session.commands.map((command) => command.quoted?.text);

	test.each(['ANN-1', 'OURS-1', 'TEAM-A'])(
		'quotes nothing of another chat into the one written to (%s)',
		async (id) => {
			expect(await quote(MALLORY.phone, id)).toMatchObject({
				status: 404,
				body: { code: 'message_not_found', hint: expect.stringContaining('quotedChat') as string },
			});
			const form = new FormData();
			form.set('number', MALLORY.phone);
			form.set('quotedMessageId', id);
			form.set('document', new Blob(['a file']), 'a.txt');
			const headers = { apiKey: instance.apiKey, id: instance.id };
			expect(await api.call('POST', '/api/document', { headers, form })).toMatchObject({
				status: 404,
			});
			expect(instance.session.commands).toEqual([]);
		},
	);

	test('is answered in its own chat, of several the one there', async () => {
		await quote(ANN.phone, 'OURS-1');
		await quote(ANN.phone, 'TWICE');
		await quote(MALLORY.phone, 'TWICE');
		await quote(TEAM, 'TEAM-A');
		expect(quoted()).toEqual(['to ann', 'first', 'second', 'of ann in the team']);
	});

	test.each([MALLORY.phone, MALLORY.lid])(
		'of a message to a group is answered in private to its author alone (%s)',
		async (number) => {
			expect(await quote(number, 'TEAM-M')).toMatchObject({ status: 200 });
			expect(await quote(ANN.phone, 'TEAM-M')).toMatchObject({ status: 404 });
			expect(quoted()).toEqual(['of mallory in the team']);
		},
	);

	test('is found under another spelling of the number', async () => {
		expect(await quote('5554999887766', 'BRAZIL')).toMatchObject({ status: 200 });
	});

	test('is quoted from the chat that quotedChat names, and from no other', async () => {
		expect(await quote(MALLORY.phone, 'ANN-1', ANN.phone)).toMatchObject({ status: 200 });
		expect(await quote(MALLORY.phone, 'ANN-1', TEAM)).toMatchObject({ status: 404 });
		expect(await quote(MALLORY.phone, 'ANN-1', 'nobody')).toMatchObject({
			status: 400,
			body: { code: 'invalid_number' },
		});
		expect(quoted()).toEqual(['of ann']);
	});

	test('is reacted to in its own chat only', async () => {
		const react = (number: string, messageId: string) =>
			call('POST', '/api/reaction', { number, messageId, emoji: '👍' });
		expect(await react(MALLORY.phone, 'ANN-1')).toMatchObject({
			status: 404,
			body: { code: 'message_not_found', hint: expect.stringContaining('chat') as string },
		});
		await react(TEAM, 'TEAM-M');
		await react(MALLORY.phone, 'TWICE');
		expect(instance.session.commands.map(({ jid }) => jid)).toEqual([TEAM, MALLORY.jid]);
	});

	test('is shown, forwarded, edited and deleted from the chat that ?chat= names', async () => {
		const of = (id: string, chat: string) => `/api/message/${id}?chat=${encodeURIComponent(chat)}`;
		const shown = async (id: string, chat: string) =>
			(await call('GET', of(id, chat))).body as { message: string };
		expect(await shown('TWICE', MALLORY.phone)).toMatchObject({ message: 'second' });
		expect(await shown('TWICE', ANN.jid)).toMatchObject({ message: 'first' });
		const wrong = of('OURS-1', MALLORY.phone);
		const forward = (chat: string) =>
			call('POST', of('TWICE', chat).replace('?', '/forward?'), { number: '15550009999' });
		for (const answer of [
			await call('GET', wrong),
			await call('PUT', wrong, { message: 'x' }),
			await call('DELETE', wrong),
			await forward(TEAM),
		]) {
			expect(answer).toMatchObject({ status: 404, body: { code: 'message_not_found' } });
		}
		expect(await call('DELETE', of('OURS-1', 'nobody'))).toMatchObject({ status: 400 });
		await forward(MALLORY.phone);
		await call('PUT', of('OURS-1', ANN.phone), { message: 'x' });
		expect(
			instance.session.drafts.map((draft) =>
				draft.kind === 'forward' ? draft.original.text : draft.kind,
			),
		).toEqual(['second', 'edit']);
	});
});
