import { ApiError } from '../../../runner/ApiError';
import { systemClock } from '../../../runner/Clock';
import { PeopleJournal } from '../../../runner/people/PeopleJournal';
import type { FakeSession } from './FakeSessions';
import { TestApi } from './TestApi';

const ANN = '15550000001@s.whatsapp.net';
const GROUP = '120363000000000001@g.us';

describe('the timer of a chat', () => {
	let api: TestApi;
	let session: FakeSession;
	let headers: Record<string, string>;

	beforeAll(async () => {
		api = await TestApi.start();
	});
	afterAll(() => api.stop());
	let count = 0;
	beforeEach(async () => {
		const created = await api.createInstance(`chats-${++count}`);
		({ session } = created);
		headers = { apiKey: created.apiKey, id: created.id };
		const { database } = api;
		const options = { instanceId: created.id, database, clock: systemClock, ttlMs: 60_000 };
		await database.write(new PeopleJournal(options).noteChats([{ id: ANN }]));
	});

	const patch = (id: string | number, json: unknown) =>
		api.call('PATCH', `/api/chats/${encodeURIComponent(id)}`, { headers, json });

	test.each([0, 86_400, 604_800, 7_776_000])(
		'%p seconds are told to the other side, by any spelling of the chat',
		async (disappearingSeconds) => {
			for (const id of [ANN, '+1 555 000 0001', 15550000001]) {
				expect(await patch(id, { disappearingSeconds })).toMatchObject({
					status: 200,
					body: { id: ANN, disappearingSeconds, messageId: expect.stringMatching(/^3EB0/) },
				});
			}
			const draft = { kind: 'timer', seconds: disappearingSeconds };
			expect(session.drafts).toEqual([draft, draft, draft]);
			expect(session.commands.map(({ jid }) => jid)).toEqual([ANN, ANN, ANN]);
		},
	);

	test('a group has it set, and gets no message of it', async () => {
		const { status, body } = await patch(GROUP, { disappearingSeconds: 604_800 });
		expect([status, body]).toEqual([200, { id: GROUP, disappearingSeconds: 604_800 }]);
		expect(session.groups.calls).toEqual([['setTimer', GROUP, 604_800]]);
		expect(session.drafts).toEqual([]);
	});

	test('what is not accepted yet is said to be queued', async () => {
		session.answer = async ({ jid }) => ({ messageId: 'M', jid, state: 'queued', waitedMs: 0 });
		const { status, body } = await patch(ANN, { disappearingSeconds: 0 });
		const answer = { id: ANN, disappearingSeconds: 0, messageId: 'M', state: 'queued' };
		expect([status, body]).toEqual([202, answer]);
	});

	test.each([{ disappearingSeconds: 3_600 }, { disappearingSeconds: null }, {}])(
		'%j is refused, with what there is to choose from',
		async (body) => {
			const answer = await patch(ANN, body);
			expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_body' } });
			expect((answer.body as { hint: string }).hint).toContain('disappearingSeconds');
			expect(session.drafts).toEqual([]);
		},
	);

	test('an allowed value is named where another one was given', async () => {
		const { body } = await patch(ANN, { disappearingSeconds: 3_600 });
		const hint = 'disappearingSeconds must be one of 0, 86400, 604800, 7776000.';
		expect(body).toMatchObject({ hint });
	});

	test('an unknown chat, an impossible one and a group without rights each have their words', async () => {
		const disappearingSeconds = 0;
		expect(await patch('15550000009', { disappearingSeconds })).toMatchObject({
			status: 404,
			body: { code: 'chat_not_found' },
		});
		expect(await patch('nonsense', { disappearingSeconds })).toMatchObject({
			status: 400,
			body: { code: 'invalid_number' },
		});
		session.groups.error = new ApiError('group_change_refused', 'Only admins may.');
		expect(await patch(GROUP, { disappearingSeconds })).toMatchObject({
			status: 422,
			body: { code: 'group_change_refused', hint: 'Only admins may.' },
		});
		expect(session.drafts).toEqual([]);
	});
});
