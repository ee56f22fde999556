import type { WebhookBody } from '../../../../contract';
import { WebhooksFixture } from '../support/WebhooksFixture';

const EVENTS = 200;
/** The machine of the tests does other things as well. Waiting for one that hangs would cost 15 s. */
const NOISE_MS = 1_000;

/** Milliseconds from the emission of an event to its call, of the one receiver that is well. */
async function measure(hanging: number): Promise<{ p50: number; p99: number; held: number[] }> {
	const fixture = await WebhooksFixture.create();
	try {
		const others = await Promise.all(Array.from({ length: hanging }, () => fixture.subscribe()));
		for (const other of others) other.answer = () => undefined;
		const lively = await fixture.subscribe();
		const emittedAt: number[] = [];
		const tookMs: number[] = [];
		lively.answer = (_call, response) => {
			tookMs.push(performance.now() - (emittedAt[tookMs.length] ?? 0));
			response.end();
		};
		for (let n = 0; n < EVENTS; n++) {
			emittedAt.push(performance.now());
			await fixture.emit(`chat ${n}`);
			await lively.waitForCalls(n + 1);
		}
		const sorted = [...tookMs].sort((a, b) => a - b);
		const at = (share: number) => Math.round((sorted[Math.floor(EVENTS * share)] ?? 0) * 10) / 10;
		return { p50: at(0.5), p99: at(0.99), held: others.map(({ calls }) => calls.length) };
	} finally {
		await fixture.stop();
	}
}

test('receivers that hang cost another one nothing: from event to delivery, with none and with ten of them', async () => {
	const alone = await measure(0);
	const beside = await measure(10);
	console.info(
		`event to delivery in ms: alone p50 ${alone.p50}, p99 ${alone.p99}; ` +
			`beside ten that hang p50 ${beside.p50}, p99 ${beside.p99}`,
	);
	expect(beside.held).toEqual(Array(10).fill(8));
	expect(beside.p50).toBeLessThan(alone.p50 + NOISE_MS);
	expect(beside.p99).toBeLessThan(alone.p99 + 4 * NOISE_MS);
});

test('long bodies under way to receivers that hang are bounded, and an instance beside them is served', async () => {
	const fixture = await WebhooksFixture.create();
	try {
		await fixture.addInstance('other');
		const lively = await fixture.subscribe(['received'], 'other');
		const hanging = await Promise.all(Array.from({ length: 12 }, () => fixture.subscribe()));
		for (const receiver of hanging) receiver.answer = () => undefined;
		const countCalls = () => hanging.reduce((sum, { calls }) => sum + calls.length, 0);
		const events = Array.from({ length: 8 }, (_, nr) => fixture.body(`chat ${nr}`));
		const message = 'x'.repeat(900_000);
		await fixture.emit(...events.map((body) => ({ ...body, message }) as WebhookBody));
		// 12 receivers of 8 chats each: 86 MB. As much begins as fits into 32 MB, the last of it whole.
		while (countCalls() < 36) await new Promise(setImmediate);
		await fixture.emit(fixture.body('chat', 'received', 'other'));
		await lively.waitForCalls(1);
		expect(countCalls()).toBe(36);
	} finally {
		await fixture.stop();
	}
});
