import { initAuthCreds, type BinaryNode } from '@whiskeysockets/baileys';
import { BROWSER } from '../../../runner/whatsapp/openSocket';
import { QrRotation } from '../../../runner/whatsapp/QrRotation';
import { FakeClock } from '../webhooks/support/FakeClock';

const pairDevice = (...refs: string[]): BinaryNode => ({
	tag: 'iq',
	attrs: {},
	content: [
		{
			tag: 'pair-device',
			attrs: {},
			content: refs.map((ref) => ({ tag: 'ref', attrs: {}, content: Buffer.from(ref) })),
		},
	],
});

function createRotation() {
	const clock = new FakeClock();
	const creds = initAuthCreds();
	const shown: Array<{ ref: string; secret: string; livesMs: number }> = [];
	let expired = 0;
	const rotation = new QrRotation({
		creds,
		browser: BROWSER,
		clock,
		onCode: (qr, expiresAt) => {
			const [ref = '', , , secret = ''] = (qr.split('#')[1] ?? '').split(',');
			shown.push({ ref, secret, livesMs: expiresAt - clock.now() });
		},
		onExpired: () => expired++,
	});
	return { clock, creds, shown, rotation, expired: () => expired };
}

describe('QrRotation', () => {
	test('the first code lives a minute, the next ones 20 s, then they are used up', () => {
		const { clock, shown, rotation, expired } = createRotation();
		rotation.start(pairDevice('one', 'two', 'three'));
		clock.advance(59_999);
		expect(shown.map(({ ref }) => ref)).toEqual(['one']);
		clock.advance(1);
		clock.advance(20_000);
		expect(shown.map(({ ref, livesMs }) => [ref, livesMs])).toEqual([
			['one', 60_000],
			['two', 20_000],
			['three', 20_000],
		]);
		expect(expired()).toBe(0);
		clock.advance(20_000);
		expect(expired()).toBe(1);
	});

	test('a refreshed secret replaces the code on show at once, and is in every later one', () => {
		const { clock, creds, shown, rotation } = createRotation();
		rotation.start(pairDevice('one', 'two'));
		const retired = creds.advSecretKey;
		clock.advance(10_000);
		rotation.refreshSecret();
		clock.advance(50_000);
		expect(Buffer.from(creds.advSecretKey, 'base64')).toHaveLength(32);
		expect(shown.map(({ ref, secret }) => [ref, secret])).toEqual([
			['one', retired],
			['one', creds.advSecretKey],
			['two', creds.advSecretKey],
		]);
		expect(shown[1]?.livesMs).toBe(50_000);
	});

	test('a stopped rotation shows and ends nothing', () => {
		const { clock, shown, rotation, expired } = createRotation();
		rotation.start(pairDevice('one', 'two'));
		rotation.stop();
		clock.advance(600_000);
		rotation.refreshSecret();
		expect(shown).toHaveLength(1);
		expect(expired()).toBe(0);
	});
});
