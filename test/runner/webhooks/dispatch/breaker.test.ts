import type { ReceivedCall, WebhookReceiver } from '../support/WebhookReceiver';
import { INSTANCE, WebhooksFixture } from '../support/WebhooksFixture';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

describe('a receiver that fails as a whole', () => {
	let fixture: WebhooksFixture;

	beforeEach(async () => {
		fixture = await WebhooksFixture.create();
	});
	afterEach(() => fixture.stop());

	const answerAll = (receiver: WebhookReceiver, status: number) => {
		receiver.answer = (_call, response) => void response.writeHead(status).end();
	};
	const failing = () => fixture.webhooks.subscriptions.list(INSTANCE)[0]!.failing;
	const attemptCounts = () =>
		fixture.webhooks.deliveries
			.list(INSTANCE, { limit: 200 })
			.deliveries.map(({ attempts }) => attempts.length);
	const chats = (count: number) => Array.from({ length: count }, (_, n) => `chat ${n}`);

	test('is tried with one delivery at a time, and the others lose no attempt', async () => {
		const receiver = await fixture.subscribe();
		answerAll(receiver, 503);
		await fixture.emit(...chats(100));
		await fixture.webhooks.idle();
		const atOnce = receiver.calls.length;
		expect(atOnce).toBeGreaterThanOrEqual(5);
		expect(atOnce).toBeLessThanOrEqual(12);
		await fixture.pass(5 * SECOND);
		expect(receiver.calls.length).toBe(atOnce + 1);
		for (let minutes = 0; minutes < 60; minutes += 5) await fixture.pass(5 * MINUTE);
		expect(receiver.calls.length).toBe(atOnce + 13);
		expect(Math.max(...attemptCounts())).toBe(1);
	});

	test('gets everything, in order and once, within five minutes of being well again, after a day', async () => {
		const receiver = await fixture.subscribe();
		answerAll(receiver, 502);
		const ids: Record<string, string[]> = {};
		for (let hour = 0; hour < 24; hour++) {
			for (const chat of chats(10)) (ids[chat] ??= []).push(...(await fixture.emit(chat)));
			await fixture.pass(60 * MINUTE);
		}
		const before = receiver.calls.length;
		answerAll(receiver, 200);
		await fixture.pass(5 * MINUTE);
		await fixture.pass(0);
		const arrived = receiver.calls.slice(before);
		expect(arrived.length).toBe(240);
		for (const chat of chats(10)) {
			const ofChat = arrived.filter(({ event }) => event.chat?.id === chat);
			expect(ofChat.map(({ event }) => event.eventId)).toEqual(ids[chat]);
		}
		expect(failing()).toBeNull();
		expect(fixture.webhooks.deliveries.list(INSTANCE, { limit: 1, state: 'failed' })).toEqual({
			deliveries: [],
			next: null,
		});
	});

	test('says since when and when it is tried next, until it is well again', async () => {
		const receiver = await fixture.subscribe();
		expect(failing()).toBeNull();
		expect(fixture.webhooks.health().failingReceivers).toBe(0);
		answerAll(receiver, 404);
		const since = fixture.clock.now();
		await fixture.emit(...chats(10));
		await fixture.webhooks.idle();
		expect(failing()).toEqual({
			since: new Date(since).toISOString(),
			nextAttemptAt: new Date(since + 5 * SECOND).toISOString(),
		});
		expect(fixture.webhooks.health().failingReceivers).toBe(1);
		answerAll(receiver, 200);
		await fixture.pass(5 * MINUTE);
		expect(failing()).toBeNull();
		expect(fixture.webhooks.health().failingReceivers).toBe(0);
	});

	test('is not confused with events that fail: nine failing chats hold up no other', async () => {
		const receiver = await fixture.subscribe();
		receiver.answer = ({ event }: ReceivedCall, response) =>
			void response.writeHead(event.chat!.id === 'fine' ? 200 : 500).end();
		await fixture.emit(...chats(9), ...chats(9));
		await fixture.webhooks.idle();
		const [id] = await fixture.emit('fine');
		await fixture.webhooks.idle();
		expect(receiver.eventIds().at(-1)).toBe(id);
		expect(failing()).toBeNull();
	});

	test('that answers 500 to every chat is held as well, though one success is enough', async () => {
		const receiver = await fixture.subscribe();
		answerAll(receiver, 500);
		await fixture.emit(...chats(50));
		await fixture.webhooks.idle();
		expect(receiver.calls.length).toBeLessThan(20);
		answerAll(receiver, 200);
		await fixture.pass(5 * MINUTE);
		expect(new Set(receiver.eventIds()).size).toBe(50);
	});

	test('with one chat only is told from one bad event by the next one', async () => {
		const receiver = await fixture.subscribe();
		answerAll(receiver, 401);
		await fixture.emit('a', 'a', 'a', 'a');
		await fixture.pass(5 * SECOND);
		await fixture.pass(5 * MINUTE);
		expect(failing()).toBeNull();
		await fixture.pass(5 * SECOND);
		expect(failing()).not.toBeNull();
		expect(attemptCounts()).toEqual([0, 0, 2, 3]);
	});

	test('is tried at once when somebody asks for a delivery', async () => {
		const receiver = await fixture.subscribe();
		const [first] = await fixture.emit('early');
		await fixture.webhooks.idle();
		answerAll(receiver, 503);
		await fixture.emit(...chats(20));
		await fixture.webhooks.idle();
		answerAll(receiver, 200);
		const { deliveries } = fixture.webhooks.deliveries.list(INSTANCE, { limit: 200 });
		const { id } = deliveries.find(({ eventId }) => eventId === first)!;
		await fixture.webhooks.deliveries.redeliver(INSTANCE, id);
		await fixture.webhooks.idle();
		expect(failing()).toBeNull();
		await fixture.pass(5 * SECOND);
		expect(new Set(receiver.eventIds()).size).toBe(21);
	});

	test('is asked no sooner than it says in Retry-After', async () => {
		const receiver = await fixture.subscribe();
		receiver.answer = (_call, response) =>
			void response.writeHead(503, { 'retry-after': '1800' }).end();
		await fixture.emit(...chats(10));
		await fixture.webhooks.idle();
		const before = receiver.calls.length;
		await fixture.pass(29 * MINUTE);
		expect(receiver.calls).toHaveLength(before);
		await fixture.pass(MINUTE);
		expect(receiver.calls).toHaveLength(before + 1);
	});

	test('keeps what came for it over a restart', async () => {
		const receiver = await fixture.subscribe();
		answerAll(receiver, 503);
		const ids = await fixture.emit(...chats(30));
		await fixture.webhooks.idle();
		await fixture.restart();
		await fixture.webhooks.idle();
		answerAll(receiver, 200);
		await fixture.pass(5 * MINUTE);
		await fixture.pass(5 * MINUTE);
		expect([...new Set(receiver.eventIds())].sort()).toEqual([...ids].sort());
	});

	test.each([1, 2, 3])(
		'keeps the order of few chats when the runner restarts after attempt %i of each',
		async (restartAfter) => {
			const receiver = await fixture.subscribe();
			answerAll(receiver, 503);
			const ids: Record<string, string[]> = {};
			for (const chat of [...chats(3), ...chats(3), ...chats(3)]) {
				(ids[chat] ??= []).push(...(await fixture.emit(chat)));
			}
			await fixture.webhooks.idle();
			const pauses = [5 * SECOND, 5 * MINUTE, 30 * MINUTE];
			for (const pause of pauses.slice(0, restartAfter - 1)) await fixture.pass(pause);
			await fixture.restart();
			await fixture.webhooks.idle();
			for (const pause of [...pauses, ...pauses]) await fixture.pass(pause);
			const before = receiver.calls.length;
			answerAll(receiver, 200);
			for (let hours = 0; hours < 24; hours++) await fixture.pass(60 * MINUTE);
			const arrived = receiver.calls.slice(before);
			for (const chat of chats(3)) {
				const ofChat = arrived.filter(({ event }) => event.chat?.id === chat);
				expect(ofChat.map(({ event }) => event.eventId)).toEqual(ids[chat]);
			}
		},
	);

	test('slows no other receiver', async () => {
		const dead = await fixture.subscribe();
		answerAll(dead, 503);
		const lively = await fixture.subscribe();
		await fixture.emit(...chats(50));
		await lively.waitForCalls(50);
		await fixture.pass(DAY);
		expect(lively.calls).toHaveLength(50);
	});
});
