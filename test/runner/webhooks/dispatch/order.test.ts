import type { ServerResponse } from 'node:http';
import type { ReceivedCall, WebhookReceiver } from '../support/WebhookReceiver';
import { WebhooksFixture } from '../support/WebhooksFixture';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const chatOf = (call: ReceivedCall) => call.event.chat?.id ?? '';

describe('the order of deliveries', () => {
	let fixture: WebhooksFixture;

	beforeEach(async () => {
		fixture = await WebhooksFixture.create();
	});
	afterEach(() => fixture.stop());

	const failFor = (receiver: WebhookReceiver, isFailing: (call: ReceivedCall) => boolean) => {
		receiver.answer = (call, response) =>
			void response.writeHead(isFailing(call) ? 500 : 200).end();
	};
	const ofChat = (receiver: WebhookReceiver, chat: string) =>
		receiver.calls.filter((call) => chatOf(call) === chat).map(({ event }) => event.eventId);

	test('events of a chat arrive in order, also when answers take differently long', async () => {
		const receiver = await fixture.subscribe();
		let count = 0;
		const answerLate = (response: ServerResponse) =>
			(count += 1) % 3 === 0 ? setImmediate(() => response.end()) : response.end();
		receiver.answer = (_call, response) => void answerLate(response);
		const ids: Record<string, string[]> = { a: [], b: [], c: [] };
		for (let round = 0; round < 20; round++) {
			for (const chat of ['a', 'b', 'c']) ids[chat]!.push(...(await fixture.emit(chat, chat)));
		}
		await fixture.webhooks.idle();
		for (const chat of ['a', 'b', 'c']) expect(ofChat(receiver, chat)).toEqual(ids[chat]);
	});

	test('no two deliveries of a chat are under way at a time, but those of other chats are', async () => {
		const receiver = await fixture.subscribe();
		const open: Array<[string, ServerResponse]> = [];
		receiver.answer = (call, response) => void open.push([chatOf(call), response]);
		await fixture.emit('a', 'a', 'b', 'b', 'c');
		await receiver.waitForCalls(3);
		expect(open.map(([chat]) => chat).sort()).toEqual(['a', 'b', 'c']);
		receiver.answer = (_call, response) => void response.end();
		for (const [, response] of open) response.end();
		await fixture.webhooks.idle();
		expect(receiver.calls).toHaveLength(5);
	});

	test('a failing event holds back its chat until it is delivered, and keeps the order', async () => {
		const receiver = await fixture.subscribe();
		failFor(receiver, () => true);
		const [first, second] = await fixture.emit('a', 'a');
		await fixture.webhooks.idle();
		expect(receiver.eventIds()).toEqual([first]);
		failFor(receiver, () => false);
		await fixture.pass(4 * SECOND);
		expect(receiver.calls).toHaveLength(1);
		await fixture.pass(SECOND);
		expect(receiver.eventIds()).toEqual([first, first, second]);
	});

	test('a retry has the same id and the same bytes, and a signature of its own time', async () => {
		const receiver = await fixture.subscribe();
		failFor(receiver, () => receiver.calls.length === 1);
		await fixture.emit('a');
		await fixture.pass(5 * SECOND);
		const [first, second] = receiver.calls;
		expect(second!.body).toBe(first!.body);
		expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
		expect(Number(second!.headers['webhook-timestamp'])).toBe(
			Number(first!.headers['webhook-timestamp']) + 5,
		);
	});

	test('a failing chat holds up no other chat of its receiver', async () => {
		const receiver = await fixture.subscribe();
		failFor(receiver, (call) => chatOf(call) === 'bad');
		await fixture.emit('bad', 'bad', 'good', 'good', 'fine');
		await fixture.webhooks.idle();
		expect(ofChat(receiver, 'good')).toHaveLength(2);
		expect(ofChat(receiver, 'fine')).toHaveLength(1);
		expect(ofChat(receiver, 'bad')).toHaveLength(1);
	});

	test('chats that hang leave room for the others', async () => {
		const receiver = await fixture.subscribe();
		failFor(receiver, () => true);
		await fixture.emit(...Array.from({ length: 9 }, (_, n) => `hanging ${n}`));
		await fixture.webhooks.idle();
		receiver.answer = (call, response) =>
			void (chatOf(call).startsWith('hanging') ? undefined : response.end());
		fixture.clock.advance(5 * SECOND);
		await receiver.waitForCalls(12);
		const [id] = await fixture.emit('lively');
		await receiver.waitForCalls(13);
		expect(receiver.eventIds().at(-1)).toBe(id);
	});

	test('after its third failure an event goes its own way and its chat goes on', async () => {
		const receiver = await fixture.subscribe();
		const [poisoned, next] = await fixture.emit('a', 'a');
		failFor(receiver, ({ event }) => event.eventId === poisoned);
		await fixture.pass(5 * SECOND);
		expect(receiver.eventIds()).not.toContain(next);
		await fixture.pass(5 * MINUTE);
		expect(receiver.eventIds()).toEqual([poisoned, poisoned, poisoned, next]);
		failFor(receiver, () => false);
		await fixture.pass(30 * MINUTE);
		expect(receiver.eventIds().at(-1)).toBe(poisoned);
		expect(receiver.calls).toHaveLength(5);
	});

	test('a receiver that hangs does not slow another one', async () => {
		const hanging = await fixture.subscribe();
		hanging.answer = () => undefined;
		const lively = await fixture.subscribe();
		const chats = Array.from({ length: 100 }, (_, n) => `chat ${n}`);
		await fixture.emit(...chats);
		await lively.waitForCalls(100);
		expect(hanging.calls).toHaveLength(8);
	});

	test('slots that share a URL are one receiver: a chat keeps its order over all events', async () => {
		const receiver = await fixture.startReceiver();
		for (const event of ['sent', 'received', 'status'] as const) {
			await fixture.webhooks.config.setUrl('instance-1', event, receiver.url);
		}
		failFor(receiver, () => receiver.calls.length === 1);
		const ids = await fixture.emit(fixture.body('a', 'received'), fixture.body('a', 'sent'));
		await fixture.pass(5 * SECOND);
		expect(receiver.eventIds()).toEqual([ids[0], ids[0], ids[1]]);
	});
});
