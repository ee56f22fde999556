import { WebhooksFixture } from './support/WebhooksFixture';

const DAY_MS = 86_400_000;

describe('when the clock is set back by a day', () => {
	let fixture: WebhooksFixture;
	beforeEach(async () => {
		fixture = await WebhooksFixture.create();
	});
	afterEach(() => fixture.stop());

	test('a retry comes when it would have come, and what is behind it in order', async () => {
		const receiver = await fixture.subscribe();
		receiver.answer = (_call, response) => void response.writeHead(503).end();
		const ids = await fixture.emit('a', 'a');
		await fixture.webhooks.idle();
		fixture.clock.set(-DAY_MS);
		await fixture.webhooks.clockSetBack(DAY_MS);
		receiver.answer = (_call, response) => void response.end();
		receiver.calls.length = 0;
		await fixture.pass(4_000);
		expect(receiver.eventIds()).toEqual([]);
		await fixture.pass(1_000);
		expect(receiver.eventIds()).toEqual(ids);
	});

	test('while the runner is away: what waits for a time that cannot be meant goes out at its start', async () => {
		const receiver = await fixture.subscribe();
		receiver.answer = (_call, response) => void response.writeHead(503).end();
		const ids = await fixture.emit('a', 'b');
		await fixture.webhooks.idle();
		receiver.answer = (_call, response) => void response.end();
		receiver.calls.length = 0;
		fixture.clock.set(-DAY_MS);
		await fixture.restart();
		await fixture.webhooks.idle();
		expect(receiver.eventIds().sort()).toEqual([...ids].sort());
	});

	test('a wait that the schedule asks for is kept over a restart', async () => {
		const receiver = await fixture.subscribe();
		receiver.answer = (_call, response) => void response.writeHead(503).end();
		await fixture.emit('a');
		await fixture.webhooks.idle();
		await fixture.restart();
		await fixture.webhooks.idle();
		expect(receiver.calls).toHaveLength(1);
	});
});
