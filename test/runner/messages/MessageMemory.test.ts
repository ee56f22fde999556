import { MessageMemory, type KnownMessage } from '../../../runner/messages/MessageMemory';
import { FakeClock } from '../webhooks/support/FakeClock';

const MINUTE_MS = 60_000;
const CHAT = '15550002222@s.whatsapp.net';

const message = (messageId: string): KnownMessage => ({
	key: { messageId, chat: CHAT, participant: '', isFromMe: true },
	chatId: CHAT,
	type: 'text',
	text: 'a text',
	details: {},
	number: '15550002222',
	sender: { phone: null, lid: null, name: null },
	target: null,
	sentAtMs: 0,
	isSent: true,
	statuses: new Map(),
});

describe('the memory of messages', () => {
	let clock: FakeClock;
	let memory: MessageMemory;
	/** Messages that had to be looked for on the disk; nothing is there. */
	let missed: string[];

	beforeEach(() => {
		clock = new FakeClock();
		missed = [];
		memory = new MessageMemory({
			messages: {
				candidates(_instanceId, messageId) {
					missed.push(messageId);
					return [];
				},
				readRow: () => undefined,
			},
			instanceId: 'a',
			clock,
			phoneOfLid: () => null,
		});
	});

	const rememberAll = (prefix: string, count: number) => {
		for (let n = 0; n < count; n++) memory.remember(message(`${prefix}${n}`));
	};
	const countKnown = (prefix: string, count: number) => {
		let known = 0;
		for (let n = 0; n < count; n++) if (memory.recallSent(`${prefix}${n}`)) known++;
		return known;
	};

	test('what was said within a minute is at hand, as it may not be on disk yet', () => {
		rememberAll('m', 1500);
		expect(countKnown('m', 1500)).toBe(1500);
		expect(missed).toEqual([]);
	});

	test('after that the last two hundred are kept, the others are read when they are asked for', () => {
		rememberAll('old', 1500);
		clock.advance(MINUTE_MS);
		rememberAll('new', 1);
		expect(countKnown('old', 1500)).toBe(199);
		expect(countKnown('new', 1)).toBe(1);
		expect(missed).toHaveLength(1301);
	});

	test('one that is asked for again and again stays', () => {
		rememberAll('wanted', 1);
		for (let n = 0; n < 30; n++) {
			clock.advance(MINUTE_MS / 2);
			rememberAll(`others ${n} `, 50);
			expect(countKnown('wanted', 1)).toBe(1);
		}
	});

	test('never more than two thousand', () => {
		rememberAll('m', 2500);
		expect(countKnown('m', 500)).toBe(0);
		expect(missed).toHaveLength(500);
	});

	test("of others' messages only the beginning is at hand: they may be as large as their senders like", () => {
		const text = 'x'.repeat(65_536);
		const contacts = [{ name: 'A', phones: [], vcard: text }];
		const own = { ...message('own'), text, details: { contacts, late: true as const } };
		const other = { ...own, key: { ...own.key, messageId: 'other', isFromMe: false } };
		memory.remember(own);
		memory.remember(other);
		expect(memory.recallSent('own')).toEqual(own);
		expect(memory.recall('other', () => true)).toEqual({
			...other,
			text: 'x'.repeat(4097),
			details: { late: true },
		});
	});
});
