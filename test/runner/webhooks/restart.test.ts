import { toEvent } from './support/toEvent';
import { INSTANCE, WebhooksFixture } from './support/WebhooksFixture';

describe('a restart', () => {
	let fixture: WebhooksFixture;

	afterEach(() => fixture.stop());

	test('resumes what was pending, in order, and repeats nothing that was delivered', async () => {
		fixture = await WebhooksFixture.create();
		const receiver = await fixture.subscribe();
		const [delivered] = await fixture.emit('a');
		await fixture.webhooks.idle();
		receiver.answer = (_call, response) => void response.writeHead(503).end();
		const ids = await fixture.emit('a', 'a', 'b', 'a');
		await fixture.webhooks.idle();
		await fixture.restart();
		receiver.answer = (_call, response) => void response.end();
		receiver.calls.length = 0;
		await fixture.pass(5000);
		const idsOf = (chat: string) =>
			receiver.calls.filter(({ event }) => event.chat?.id === chat).map((c) => c.event.eventId);
		expect(idsOf('a')).toEqual([ids[0], ids[1], ids[3]]);
		expect(idsOf('b')).toEqual([ids[2]]);
		expect(receiver.eventIds()).not.toContain(delivered);
	});

	test('keeps the order of what waits for a receiver that is down all the time', async () => {
		fixture = await WebhooksFixture.create();
		const receiver = await fixture.subscribe();
		receiver.answer = (_call, response) => void response.writeHead(503).end();
		const ids = await fixture.emit('a', 'b', 'a', 'b', 'a', 'b');
		for (let n = 0; n < 2; n++) {
			await fixture.pass(300_000);
			await fixture.restart();
			await fixture.webhooks.idle();
		}
		receiver.answer = (_call, response) => void response.end();
		receiver.calls.length = 0;
		await fixture.pass(3_600_000);
		await fixture.pass(3_600_000);
		expect(receiver.eventIds().filter((id) => ids.indexOf(id) % 2 === 0)).toEqual([
			ids[0],
			ids[2],
			ids[4],
		]);
		expect(receiver.eventIds().filter((id) => ids.indexOf(id) % 2 === 1)).toEqual([
			ids[1],
			ids[3],
			ids[5],
		]);
	});

	test('sends what was stored but never announced', async () => {
		fixture = await WebhooksFixture.create();
		const receiver = await fixture.subscribe();
		const body = fixture.body('a');
		await fixture.database.write(fixture.webhooks.outbox.stage(toEvent(body, 'a')).statements);
		await fixture.webhooks.idle();
		expect(receiver.calls).toHaveLength(0);
		await fixture.restart();
		await fixture.webhooks.idle();
		expect(receiver.eventIds()).toEqual([body.eventId]);
	});

	test('cuts off who hangs within two seconds, and delivers to them again under the same id', async () => {
		fixture = await WebhooksFixture.create();
		const receiver = await fixture.subscribe();
		receiver.answer = () => undefined;
		const [id] = await fixture.emit('a');
		await receiver.waitForCalls(1);
		const before = performance.now();
		await fixture.restart();
		expect(performance.now() - before).toBeLessThan(10_000);
		receiver.answer = (_call, response) => void response.end();
		await receiver.waitForCalls(2);
		await fixture.webhooks.idle();
		expect(receiver.eventIds()).toEqual([id, id]);
		expect(receiver.calls[1]!.body).toBe(receiver.calls[0]!.body);
	});

	test('goes on with a backlog of many pages and chats without skipping or repeating', async () => {
		fixture = await WebhooksFixture.create();
		const receiver = await fixture.subscribe();
		await fixture.webhooks.stop();
		const chats = Array.from({ length: 600 }, (_, n) => `chat ${n % 4}`);
		const ids = await fixture.emit(...chats);
		await fixture.restart();
		await fixture.webhooks.idle();
		expect(receiver.eventIds().sort()).toEqual([...ids].sort());
		for (const chat of new Set(chats)) {
			const got = receiver.calls
				.filter(({ event }) => event.chat?.id === chat)
				.map(({ event }) => event.eventId);
			expect(got).toEqual(ids.filter((_, n) => chats[n] === chat));
		}
		expect(
			fixture.webhooks.deliveries.list(INSTANCE, { limit: 1, state: 'pending' }).deliveries,
		).toEqual([]);
	});

	test('an event is delivered once when it is read from the database before its announcement', async () => {
		fixture = await WebhooksFixture.create();
		const receiver = await fixture.subscribe();
		receiver.answer = (_call, response) => void response.writeHead(500).end();
		await fixture.emit('a');
		await fixture.webhooks.idle();
		receiver.answer = (_call, response) => void response.end();
		const body = fixture.body('a');
		const staged = fixture.webhooks.outbox.stage(toEvent(body, 'a'));
		await fixture.database.write(staged.statements);
		await fixture.pass(5000);
		expect(receiver.eventIds().at(-1)).toBe(body.eventId);
		staged.announce();
		await fixture.webhooks.idle();
		expect(receiver.calls).toHaveLength(3);
	});
});
