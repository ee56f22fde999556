import type { WASocket } from '@whiskeysockets/baileys';
import { TypingDisplay } from '../../../../runner/whatsapp/people/TypingDisplay';
import { FakeClock } from '../../webhooks/support/FakeClock';

const ANN = '15550002222@s.whatsapp.net';

describe('the display of typing', () => {
	let clock: FakeClock;
	let shown: string[];
	let typing: TypingDisplay;
	let isClosed: boolean;
	beforeEach(() => {
		clock = new FakeClock();
		shown = [];
		isClosed = false;
		const sendPresenceUpdate: WASocket['sendPresenceUpdate'] = async (type) => {
			if (isClosed) throw new Error('closed');
			shown.push(type);
		};
		typing = new TypingDisplay({ sendPresenceUpdate }, clock);
	});

	test('is repeated until its time is over, since phones forget it', async () => {
		await typing.show(ANN, 'composing', 25_000);
		clock.advance(10_000);
		clock.advance(10_000);
		expect(shown).toEqual(['composing', 'composing', 'composing']);
		clock.advance(4_999);
		expect(shown).toHaveLength(3);
		clock.advance(1);
		expect(shown.at(-1)).toBe('paused');
		expect(clock.pendingTimers).toBe(0);
	});

	test('without a time it is left to the phone', async () => {
		await typing.show(ANN, 'recording');
		expect([shown, clock.pendingTimers]).toEqual([['recording'], 0]);
	});

	test('the newest wish counts', async () => {
		await typing.show(ANN, 'composing', 60_000);
		await typing.show(ANN, 'paused');
		clock.advance(60_000);
		expect(shown).toEqual(['composing', 'paused']);
	});

	test('it ends with the connection', async () => {
		await typing.show(ANN, 'composing', 60_000);
		isClosed = true;
		clock.advance(10_000);
		await new Promise((resolve) => setImmediate(resolve));
		expect([shown, clock.pendingTimers]).toEqual([['composing'], 0]);
	});
});
