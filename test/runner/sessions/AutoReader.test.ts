import type { IncomingMessage } from '../../../runner/messages/IncomingMessage';
import { AutoReader } from '../../../runner/sessions/AutoReader';
import { FakeClock } from '../webhooks/support/FakeClock';

function toMessage(changes: object = {}): IncomingMessage {
	const { isFromMe = false, messageId = 'A', ...rest } = changes as Record<string, unknown>;
	const key = { messageId, chat: 'c', participant: '', isFromMe };
	return { chatId: 'chat', isForReceivers: true, edit: null, ...rest, key } as IncomingMessage;
}

describe('automatic reading', () => {
	let clock: FakeClock;
	let read: Array<[string, string[]]>;
	let isOn: boolean;
	let reader: AutoReader;
	beforeEach(() => {
		clock = new FakeClock();
		read = [];
		isOn = true;
		reader = new AutoReader({
			isOn: () => isOn,
			clock,
			read: async (chatId, keys) => {
				read.push([chatId, keys.map(({ messageId }) => messageId)]);
			},
		});
	});

	test('takes what comes together in one go, chat by chat', () => {
		reader.received(toMessage());
		reader.received(toMessage({ messageId: 'B' }));
		reader.received(toMessage({ messageId: 'C', chatId: 'other' }));
		expect(read).toEqual([]);
		clock.advance(1_000);
		expect(read).toEqual([
			['chat', ['A', 'B']],
			['other', ['C']],
		]);
		reader.received(toMessage({ messageId: 'D' }));
		clock.advance(1_000);
		expect(read.at(-1)).toEqual(['chat', ['D']]);
	});

	test.each([
		['own messages', { isFromMe: true }],
		['what is not told to anybody', { isForReceivers: false }],
		['edits', { edit: { messageId: 'X', content: null } }],
	])('leaves %s alone', (_what, changes) => {
		reader.received(toMessage(changes));
		clock.advance(1_000);
		expect([read, clock.pendingTimers]).toEqual([[], 0]);
	});

	test('does nothing when it is off', () => {
		isOn = false;
		reader.received(toMessage());
		clock.advance(1_000);
		expect(read).toEqual([]);
	});

	test('what a connection ended under is read on the next one', async () => {
		const failing = new AutoReader({
			isOn: () => true,
			clock,
			read: async (chatId, keys) => {
				if (isClosed) throw new Error('closed');
				read.push([chatId, keys.map(({ messageId }) => messageId)]);
			},
		});
		let isClosed = true;
		failing.received(toMessage());
		clock.advance(1_000);
		await new Promise((resolve) => setImmediate(resolve));
		failing.resume();
		isClosed = false;
		clock.advance(1_000);
		expect(read).toEqual([['chat', ['A']]]);
		failing.resume();
		expect(clock.pendingTimers).toBe(0);
	});
});
