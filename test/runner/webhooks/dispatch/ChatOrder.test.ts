import { ChatOrder } from '../../../../runner/webhooks/dispatch/ChatOrder';
import type { PendingDelivery } from '../../../../runner/webhooks/rows/PendingDelivery';

/** A database of one receiver, and the clock. */
class Source {
	rows: PendingDelivery[] = [];
	nowMs = 0;
	reads = 0;
	longestPage = 0;

	now(): number {
		return this.nowMs;
	}

	read(chat: string, afterSeq: number, limit: number): PendingDelivery[] {
		this.reads += 1;
		this.longestPage = Math.max(this.longestPage, limit);
		return this.rows.filter((row) => row.chat === chat && row.seq > afterSeq).slice(0, limit);
	}

	add(chat: string): PendingDelivery {
		const seq = this.rows.length + 1;
		const row: PendingDelivery = {
			seq,
			receiverSeq: null,
			eventId: `e${seq}`,
			event: 'received',
			chat,
			body: '{}',
			attemptCount: 0,
			dueAt: 0,
			createdAt: 0,
		};
		this.rows.push(row);
		return row;
	}
}

describe('ChatOrder', () => {
	const source = new Source();
	let order: ChatOrder;

	beforeEach(() => {
		Object.assign(source, { rows: [], nowMs: 0, reads: 0, longestPage: 0 });
		order = new ChatOrder(source);
	});

	const drain = () => {
		const seqs: number[] = [];
		for (let turn; (turn = order.takeFresh() ?? order.takeRetry()); order.finish(turn)) {
			seqs.push(turn.delivery.seq);
		}
		return seqs;
	};

	test('however much is waiting, little of it is in memory, and all of it comes in order', () => {
		for (let n = 0; n < 5000; n++) order.add(source.add(`chat ${n % 3}`));
		expect(order.deliveriesInMemory).toBeLessThanOrEqual(1024);
		const seqs = drain();
		expect(seqs).toHaveLength(5000);
		for (const rest of [1, 2, 0]) {
			const ofChat = seqs.filter((seq) => seq % 3 === rest);
			expect(ofChat).toEqual([...ofChat].sort((a, b) => a - b));
		}
		expect(order.deliveriesInMemory).toBe(0);
	});

	test('a chat that waits for a retry has nothing in memory, and goes on where it was', () => {
		for (let n = 0; n < 100; n++) order.add(source.add('a'));
		const turn = order.takeFresh()!;
		order.postpone(turn, 50);
		expect(order.deliveriesInMemory).toBe(0);
		expect(order.takeFresh()).toBeUndefined();
		order.add(source.add('a'));
		order.releaseDue();
		expect(order.takeRetry()).toBeUndefined();
		source.nowMs = order.nextDueAt;
		order.releaseDue();
		const retry = order.takeRetry()!;
		expect(retry.delivery.seq).toBe(1);
		order.finish(retry);
		expect(drain()).toEqual(Array.from({ length: 100 }, (_, n) => n + 2));
	});

	test('nothing is read from the database while everything goes well', () => {
		for (let n = 0; n < 500; n++) {
			order.add(source.add(`chat ${n % 7}`));
			if (n % 50 === 0) drain();
		}
		drain();
		expect(source.reads).toBe(0);
	});

	test('of long bodies little is in memory, and they are read one by one', () => {
		const body = 'x'.repeat(1_000_000);
		for (let n = 0; n < 40; n++) order.add(Object.assign(source.add(`chat ${n % 2}`), { body }));
		expect(order.deliveriesInMemory).toBe(16);
		const turn = order.takeFresh()!;
		order.postpone(turn, 0);
		expect(drain().sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
		expect(source.longestPage).toBe(1);
	});

	test('a backlog of short ones is read in ever larger pages', () => {
		for (let n = 0; n < 1_000; n++) source.add('a');
		order.load([{ chat: 'a', seq: 1, attempt_count: 0, next_attempt_at: null }]);
		expect(drain()).toHaveLength(1_000);
		expect(source.longestPage).toBe(64);
		expect(source.reads).toBeLessThan(25);
	});
});
