import { ApiError } from '../../../../runner/ApiError';
import { MediaHostError } from '../../../../runner/whatsapp/media/mediaErrors';
import { NoAnswerError } from '../../../../runner/whatsapp/NotSendableError';
import { TurnDroppedError } from '../../../../runner/whatsapp/TurnQueue';
import { ANN, BOB, GROUP, QueueFixture, type FakeSender } from './QueueFixture';

const MINUTE_MS = 60_000;

let fixture: QueueFixture;
beforeEach(async () => {
	fixture = await QueueFixture.open();
});
afterEach(() => fixture.close());

const textsOf = (sender: FakeSender) =>
	sender.sent.map(({ content }) => Buffer.from(content).toString());
const gate = () => Promise.withResolvers<void>();
/** Nobody waits for the outcome in these tests. */
const ignore = (sending: Promise<unknown>) => void sending.catch(() => undefined);

describe('order', () => {
	test('a text waits for the file before it in its chat, and for none in others', async () => {
		const sender = fixture.connect();
		const uploading = gate();
		sender.beforeUpload = () => uploading.promise;
		ignore(fixture.submit(ANN, 'file', { file: true }));
		ignore(fixture.submit(ANN, 'second'));
		ignore(fixture.submit(BOB, 'other chat'));
		await fixture.until(() => sender.sent.length === 1);
		await fixture.settle();
		expect(textsOf(sender)).toEqual(['other chat']);
		uploading.resolve();
		await fixture.until(() => sender.sent.length === 3);
		expect(textsOf(sender)).toEqual(['other chat', 'uploaded', 'second']);
	});

	test('a number with and without Brazil’s ninth digit is one chat', async () => {
		const sender = fixture.connect();
		const [withNinth, without] = ['5554991997181', '555491997181'];
		sender.numbers = async (phones) =>
			phones.map((phone) => ({
				phone,
				jid: `${without}@s.whatsapp.net`,
				exists: phone === without,
			}));
		const uploading = gate();
		sender.beforeUpload = () => uploading.promise;
		const first = fixture.submit(`${withNinth}@s.whatsapp.net`, 'file', { file: true });
		await fixture.until(() => sender.uploaded.length === 1);
		ignore(fixture.submit(`${without}@s.whatsapp.net`, 'second'));
		await fixture.settle();
		uploading.resolve();
		await fixture.until(() => sender.sent.length === 2);
		expect(textsOf(sender)).toEqual(['uploaded', 'second']);
		await fixture.acknowledge('M1');
		expect(await first).toMatchObject({ jid: `${without}@s.whatsapp.net` });
	});

	test('what was there before a restart goes out before what came after it', async () => {
		for (const text of ['one', 'two']) ignore(fixture.submit(ANN, text));
		await fixture.until(() => fixture.stored.length === 2);
		fixture.crash();
		ignore(fixture.submit(ANN, 'three'));
		await fixture.until(() => fixture.stored.length === 3);
		const sender = fixture.connect();
		await fixture.until(() => sender.sent.length === 3);
		expect(textsOf(sender)).toEqual(['one', 'two', 'three']);
	});
});

describe('connections', () => {
	test('each is given a message once, even one that had to wait meanwhile', async () => {
		fixture.messagesPerMinute = 1;
		const first = fixture.connect();
		for (let n = 0; n < 13; n++) ignore(fixture.submit(GROUP, `text ${n}`));
		await fixture.until(() => first.sent.length === 10);
		await fixture.queue.detach();
		const second = fixture.connect();
		await fixture.until(() => second.sent.length === 10);
		fixture.clock.advance(MINUTE_MS);
		await fixture.until(() => second.sent.length === 11);
		await fixture.settle();
		expect(second.sent.map(({ messageId }) => messageId)).toEqual(fixture.stored.slice(0, 11));
		expect(first.sent).toHaveLength(10);
	});

	test('one that ends while a message leaves hands it on to the next', async () => {
		const first = fixture.connect();
		first.beforeSend = () => Promise.reject(new TurnDroppedError());
		const sending = fixture.submit(GROUP, 'text');
		await fixture.until(() => fixture.stored.length === 1);
		await fixture.queue.detach();
		const second = fixture.connect();
		await fixture.until(() => second.sent.length === 1);
		await fixture.acknowledge('M1');
		expect(await sending).toMatchObject({ messageId: 'M1', state: 'sent' });
		expect(fixture.stored).toEqual([]);
	});

	test('a crash between upload and send leads to the same message, under the same id', async () => {
		const first = fixture.connect();
		const leaving = gate();
		first.beforeSend = () => leaving.promise;
		ignore(fixture.submit(GROUP, 'file', { file: true }));
		await fixture.until(() => first.uploaded.length === 1);
		fixture.clock.advance(20_000);
		await fixture.until(() => fixture.stored.length === 1);
		fixture.crash();
		const second = fixture.connect();
		await fixture.until(() => second.sent.length === 1);
		expect(second.sent[0]).toMatchObject({ messageId: 'M1', upload: null });
	});

	test('the content that phones may ask for again is the one with the uploaded file', async () => {
		const sender = fixture.connect();
		const uploading = gate();
		sender.beforeUpload = () => uploading.promise;
		ignore(fixture.submit(GROUP, 'file', { file: true }));
		await fixture.until(() => sender.uploaded.length === 1);
		// The row is written without the upload, and what leaves afterwards brings it up to date.
		fixture.clock.advance(20_000);
		uploading.resolve();
		await fixture.until(() => sender.sent.length === 1);
		await fixture.settle();
		expect(fixture.contentOf('M1')).toBe('uploaded');
	});

	test('a message that was accepted does not come back when its row is written late', async () => {
		const sender = fixture.connect();
		ignore(fixture.submit(GROUP, 'text'));
		await fixture.until(() => sender.sent.length === 1);
		// The caller's 20 s are over at the moment the acceptance is being written.
		const accepting = fixture.acknowledge('M1');
		fixture.clock.advance(20_000);
		await accepting;
		await fixture.settle();
		expect(fixture.stored).toEqual([]);
	});
});

describe('trying again', () => {
	const errors: Array<[string, () => Error, string]> = [
		['an unanswered question', () => new NoAnswerError(), 'no_answer'],
		['a media host that fails', () => new MediaHostError('down'), 'upload_failed'],
		['an error nobody has thought of', () => new TypeError('oops'), 'send_failed'],
	];

	test.each(errors)('after %s it goes out in its order', async (_what, toError) => {
		const sender = fixture.connect();
		sender.beforeSend = async () => {
			sender.beforeSend = async () => undefined;
			throw toError();
		};
		ignore(fixture.submit(GROUP, 'one'));
		ignore(fixture.submit(GROUP, 'two'));
		await fixture.until(() => fixture.stored.length === 1);
		await fixture.settle();
		expect(sender.sent).toEqual([]);
		fixture.clock.advance(5_000);
		await fixture.until(() => sender.sent.length === 2);
		expect(textsOf(sender)).toEqual(['one', 'two']);
	});

	test.each(errors)('ends after the third time: %s', async (_what, toError, reason) => {
		const sender = fixture.connect();
		let attempts = 0;
		sender.beforeSend = async () => {
			attempts += 1;
			throw toError();
		};
		const sending = fixture.submit(GROUP, 'one');
		ignore(sending);
		for (let attempt = 1; attempt <= 3; attempt++) {
			await fixture.until(() => attempts === attempt);
			await fixture.settle();
			fixture.clock.advance(5_000);
		}
		await expect(sending).rejects.toMatchObject({ code: 'rejected_by_whatsapp' });
		expect(fixture.failures).toEqual([reason]);
		expect(fixture.stored).toEqual([]);
		expect(fixture.clock.pendingTimers).toBe(0);
	});
});

describe('pace', () => {
	beforeEach(() => {
		fixture.messagesPerMinute = 20;
	});

	test('of twelve messages ten leave at once, the others say how long they waited', async () => {
		const sender = fixture.connect();
		const sendings = Array.from({ length: 12 }, (_, n) => fixture.submit(GROUP, `text ${n}`));
		await fixture.until(() => sender.sent.length === 10 && fixture.stored.length === 12);
		fixture.clock.advance(2_999);
		await fixture.settle();
		expect(sender.sent).toHaveLength(10);
		fixture.clock.advance(1);
		await fixture.until(() => sender.sent.length === 11);
		fixture.clock.advance(3_000);
		await fixture.until(() => sender.sent.length === 12);
		for (let n = 1; n <= 12; n++) await fixture.acknowledge(`M${n}`);
		const waits = (await Promise.all(sendings)).map(({ waitedMs }) => waitedMs);
		expect(waits).toEqual([...Array<number>(10).fill(0), 3_000, 6_000]);
		expect(textsOf(sender)).toEqual(sendings.map((_, n) => `text ${n}`));
	});

	test('who would wait longer than 20 s is told at once that it is queued, and it is on disk', async () => {
		fixture.connect();
		const sendings = Array.from({ length: 17 }, (_, n) => fixture.submit(GROUP, `text ${n}`));
		sendings.slice(0, 16).forEach(ignore);
		expect(await sendings[16]).toMatchObject({ state: 'queued', waitedMs: 21_000 });
		expect(fixture.stored).toContain('M17');
	});

	test('is off with 0', async () => {
		fixture.messagesPerMinute = 0;
		const sender = fixture.connect();
		for (let n = 0; n < 50; n++) ignore(fixture.submit(GROUP, `text ${n}`));
		await fixture.until(() => sender.sent.length === 50);
	});

	test('does not hold back edits', async () => {
		const sender = fixture.connect();
		for (let n = 0; n < 11; n++) ignore(fixture.submit(ANN, `text ${n}`));
		const prepare = async () => ({
			type: 'edit' as const,
			text: 'new',
			details: {},
			content: Buffer.from('edit'),
			target: { messageId: 'M1', participant: '', isFromMe: true },
		});
		ignore(fixture.submit(BOB, 'edit', { prepare }));
		await fixture.until(() => textsOf(sender).includes('edit'));
	});

	test('beyond six hours nothing more is taken, and refusals cost no time', async () => {
		fixture.messagesPerMinute = 1;
		for (let n = 0; n < 370; n++) ignore(fixture.submit(GROUP, `text ${n}`));
		await fixture.settle();
		for (let n = 0; n < 50; n++) {
			await expect(fixture.submit(GROUP, 'too many')).rejects.toMatchObject({
				code: 'rate_limited',
			});
		}
		fixture.clock.advance(MINUTE_MS);
		expect(await fixture.submit(GROUP, 'again')).toMatchObject({ state: 'queued' });
	});
});

describe('recipients', () => {
	test('are asked for once, and an unanswered question does not hold anybody up', async () => {
		const sender = fixture.connect();
		sender.numbers = async () => undefined;
		ignore(fixture.submit(ANN, 'one'));
		await fixture.until(() => sender.sent.length === 1);
		sender.numbers = () => Promise.reject(new Error('rate-overlimit'));
		ignore(fixture.submit(ANN, 'two'));
		await fixture.until(() => sender.sent.length === 2);
		sender.numbers = async ([phone = '']) => [{ phone, jid: ANN, exists: true }];
		ignore(fixture.submit(ANN, 'three'));
		ignore(fixture.submit(ANN, 'four'));
		await fixture.until(() => sender.sent.length === 4);
		expect(sender.asked).toHaveLength(3);
	});

	test('that are not on WhatsApp are refused, before and after they are known', async () => {
		const sender = fixture.connect();
		sender.numbers = async ([phone = '']) => [{ phone, jid: '', exists: false }];
		for (let n = 0; n < 2; n++) {
			await expect(fixture.submit(ANN, 'text')).rejects.toMatchObject({ code: 'not_on_whatsapp' });
		}
		expect(sender.asked).toHaveLength(1);
		expect([fixture.stored, fixture.failures, sender.sent]).toEqual([[], [], []]);
	});

	test('that turn out not to be on WhatsApp when a caller was told "queued" are told as failed', async () => {
		const sending = fixture.submit(ANN, 'text');
		await fixture.until(() => fixture.stored.length === 1);
		fixture.clock.advance(20_000);
		expect(await sending).toMatchObject({ state: 'queued' });
		const sender = fixture.createSender();
		sender.numbers = async ([phone = '']) => [{ phone, jid: '', exists: false }];
		fixture.queue.attach(sender);
		await fixture.until(() => fixture.failures.length === 1);
		expect(fixture.failures).toEqual(['not_on_whatsapp']);
		expect([fixture.stored, sender.sent]).toEqual([[], []]);
	});
});

describe('idempotency', () => {
	const idempotency = { key: 'k', bodyHash: 'a' };

	test('a parallel call waits for the first, whose file is fetched once', async () => {
		const sender = fixture.connect();
		const fetching = gate();
		let fetches = 0;
		const prepare = async () => {
			fetches += 1;
			await fetching.promise;
			return { type: 'text' as const, text: '', details: {}, content: Buffer.from('x') };
		};
		const sendings = [1, 2].map(() => fixture.submit(GROUP, '', { prepare, idempotency }));
		await expect(
			fixture.submit(GROUP, '', { idempotency: { key: 'k', bodyHash: 'b' } }),
		).rejects.toMatchObject({ code: 'idempotency_conflict' });
		fetching.resolve();
		await fixture.until(() => sender.sent.length === 1);
		await fixture.acknowledge('M1');
		const [first, second] = await Promise.all(sendings);
		expect(second).toEqual(first);
		expect(fetches).toBe(1);
	});

	test('a call that came to nothing can be repeated under its key', async () => {
		const sender = fixture.connect();
		const prepare = () => Promise.reject(new ApiError('media_fetch_failed'));
		await expect(fixture.submit(GROUP, '', { prepare, idempotency })).rejects.toMatchObject({
			code: 'media_fetch_failed',
		});
		ignore(fixture.submit(GROUP, 'now', { idempotency }));
		await fixture.until(() => sender.sent.length === 1);
	});

	test('what is still queued after a restart is told as queued, then as sent', async () => {
		const sending = fixture.submit(GROUP, 'text', { idempotency });
		await fixture.until(() => fixture.stored.length === 1);
		fixture.clock.advance(20_000);
		await sending;
		fixture.crash();
		expect(await fixture.submit(GROUP, 'text', { idempotency })).toMatchObject({
			messageId: 'M1',
			jid: GROUP,
			state: 'queued',
		});
		const sender = fixture.connect();
		await fixture.until(() => sender.sent.length === 1);
		await fixture.acknowledge('M1');
		expect(await fixture.submit(GROUP, 'text', { idempotency })).toMatchObject({
			messageId: 'M1',
			state: 'sent',
		});
		expect(sender.sent).toHaveLength(1);
	});
});

describe('the end', () => {
	test('of the runner: what callers were told is queued is on disk, and nothing waits any more', async () => {
		fixture.messagesPerMinute = 20;
		const sender = fixture.connect();
		const fetching = gate();
		const sendings = Array.from({ length: 12 }, (_, n) => fixture.submit(GROUP, `text ${n}`));
		const fetched = fixture.submit(GROUP, 'file', {
			prepare: () => fetching.promise.then(() => Promise.reject(new Error('late'))),
		});
		await fixture.until(() => sender.sent.length === 10);
		const outcome = expect(fetched).rejects.toMatchObject({ code: 'runner_stopping' });
		await fixture.queue.release();
		await outcome;
		expect(new Set((await Promise.all(sendings)).map(({ state }) => state))).toEqual(
			new Set(['queued']),
		);
		expect(fixture.stored).toHaveLength(12);
		fetching.resolve();
		await fixture.settle();
		expect(fixture.clock.pendingTimers).toBe(0);
		expect(sender.sent).toHaveLength(10);
	});

	test('of the account: nothing leaves any more, and every caller hears it', async () => {
		fixture.messagesPerMinute = 1;
		const sender = fixture.connect();
		const [fetching, uploading] = [gate(), gate()];
		sender.beforeUpload = () => uploading.promise;
		const prepare = async () => {
			await fetching.promise;
			return { type: 'text' as const, text: '', details: {}, content: Buffer.from('x') };
		};
		const sendings = [
			fixture.submit(ANN, 'fetched', { prepare }),
			fixture.submit(BOB, 'uploaded', { file: true }),
		];
		const outcomes = sendings.map((sending) =>
			expect(sending).rejects.toMatchObject({ code: 'instance_not_linked' }),
		);
		await fixture.until(() => sender.uploaded.length === 1);
		await fixture.queue.abandon();
		await Promise.all(outcomes);
		fetching.resolve();
		uploading.resolve();
		await fixture.settle();
		expect(sender.sent).toEqual([]);
		expect(fixture.stored).toEqual([]);
		const next = fixture.connect();
		await fixture.settle();
		expect(next.sent).toEqual([]);
		expect(fixture.clock.pendingTimers).toBe(0);
	});
});

test('typing is shown before a message leaves, in proportion to it, and counts as waiting', async () => {
	const sender = fixture.connect();
	const sending = fixture.submit(GROUP, 'a'.repeat(100), { typing: true });
	await fixture.until(() => sender.sent.length === 1);
	expect(sender.typed).toEqual([{ state: 'composing', durationMs: 5_000 }]);
	await fixture.acknowledge('M1');
	expect(await sending).toMatchObject({ waitedMs: 5_000 });
});
