import type {
	EventName,
	ReceivedBody,
	SubscriptionFilters,
	WebhookBody,
} from '../../../../contract';
import { createSampleBody } from '../../../../runner/webhooks/createSampleBody';
import { matchesFilters } from '../../../../runner/webhooks/receivers/matchesFilters';

const sample = (event: EventName, fields: Partial<ReceivedBody> = {}) =>
	({
		...createSampleBody({ event, eventId: 'e', nowMs: 0, instanceId: 'i', instanceName: 'i' }),
		...fields,
	}) as WebhookBody;
const group = sample('received', {
	isGroup: true,
	number: '120363000000000001@g.us',
	chat: { id: '120363000000000001@g.us', type: 'group', name: null, key: 'chat_1' },
});
const lid = sample('received', {
	number: '15550001234',
	chat: { id: '99887766554433@lid', type: 'direct', name: null, key: 'chat_2' },
	sender: { phone: '15550001234', lid: '99887766554433@lid', name: null, username: null },
});

describe('matchesFilters', () => {
	test('without filters everything passes but what the owner types on the phone', () => {
		expect(matchesFilters(sample('received'), undefined)).toBe(true);
		expect(matchesFilters(sample('sent'), undefined)).toBe(true);
		expect(matchesFilters(group, {})).toBe(true);
		expect(matchesFilters(sample('received', { fromMe: true }), undefined)).toBe(false);
		expect(matchesFilters(sample('received', { fromMe: true }), { includeFromMe: true })).toBe(
			true,
		);
	});

	test('an instance that reports own messages does so to all who do not decline them', () => {
		const own = sample('received', { fromMe: true });
		expect(matchesFilters(own, undefined, { includeOwn: true })).toBe(true);
		expect(matchesFilters(own, {}, { includeOwn: true })).toBe(true);
		expect(matchesFilters(own, { includeFromMe: false }, { includeOwn: true })).toBe(false);
		expect(matchesFilters(own, { includeFromMe: true }, { includeOwn: false })).toBe(true);
	});

	test('what happens to groups is for who asks for it, whoever has done it', () => {
		const change = { ...group, type: 'group_change' } as WebhookBody;
		const own = { ...change, fromMe: true } as WebhookBody;
		for (const filters of [
			undefined,
			{},
			{ includeFromMe: true },
			{ includeGroupChanges: false },
		]) {
			expect(matchesFilters(change, filters, { includeOwn: true })).toBe(false);
		}
		expect(matchesFilters(change, { includeGroupChanges: true })).toBe(true);
		expect(matchesFilters(own, { includeGroupChanges: true })).toBe(true);
		const others = { includeGroupChanges: true, chats: ['15550001234'] };
		expect(matchesFilters(change, others)).toBe(false);
		expect(matchesFilters(change, { includeGroupChanges: true, includeGroups: false })).toBe(false);
	});

	test('groups can be left out', () => {
		expect(matchesFilters(group, { includeGroups: false })).toBe(false);
		expect(matchesFilters(sample('received'), { includeGroups: false })).toBe(true);
		const groupStatus = { ...sample('status'), number: '120363000000000001@g.us' } as WebhookBody;
		expect(matchesFilters(groupStatus, { includeGroups: false })).toBe(false);
	});

	test.each<[string, SubscriptionFilters]>([
		['digits', { chats: ['15550001234'] }],
		['written as people do', { chats: ['+1 555 000-1234'] }],
		['a JID', { chats: ['15550001234@s.whatsapp.net'] }],
		['a LID', { chats: ['99887766554433@lid'] }],
		['one of several', { chats: ['15550009999', '15550001234'] }],
	])('a chat is recognised by %s', (_, filters) => {
		expect(matchesFilters(lid, filters)).toBe(true);
		expect(matchesFilters(group, filters)).toBe(false);
	});

	test('statuses are filtered by chat as well, and events of the instance never', () => {
		const filters = { chats: ['15550009999'], includeGroups: false };
		expect(matchesFilters(sample('status'), filters)).toBe(false);
		expect(matchesFilters(sample('status'), { chats: ['15550001234'] })).toBe(true);
		expect(matchesFilters(sample('connected'), filters)).toBe(true);
		expect(matchesFilters(sample('disconnected'), filters)).toBe(true);
	});

	test('in a group the group is the chat, not who wrote', () => {
		expect(matchesFilters(group, { chats: ['15550001234'] })).toBe(false);
		expect(matchesFilters(group, { chats: ['120363000000000001@g.us'] })).toBe(true);
	});
});
