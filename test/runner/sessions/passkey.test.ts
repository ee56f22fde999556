import type { PasskeyStatus } from '../../../runner/whatsapp/passkey/PasskeyExchange';
import { SessionRig } from './SessionRig';

const CHALLENGE_MS = 600_000;
const FINISH_MS = 60_000;

describe('accounts with a passkey', () => {
	let rig: SessionRig;
	beforeEach(async () => {
		rig = await SessionRig.create();
	});
	afterEach(() => rig.remove());

	const code = () => rig.session.waitForQr({ timeoutMs: 30_000 });
	const challenge = ({ options }: PasskeyStatus) => ({ challenge: String(options.challenge) });
	const isAsked = () => rig.session.status().lastError?.startsWith('passkey_required');

	const ask = async () => {
		const linked = rig.phone.scan((await code()).qr);
		linked.catch(() => undefined);
		await rig.until(isAsked, 'the challenge');
		return { linked };
	};

	test('whoever waits for a QR code hears that WhatsApp asks for the passkey, and no code is shown any more', async () => {
		rig.simulator.requirePasskey();
		await ask();
		await expect(code()).rejects.toMatchObject({ code: 'passkey_required' });
		expect(rig.session.status()).toMatchObject({
			state: 'linking',
			lastError: expect.stringContaining('web.whatsapp.com'),
		});
		expect(rig.logLines.join()).toContain('passkey_required');
	});

	test('a challenge that nobody answers ends the attempt with words, and no new code follows by itself', async () => {
		rig.simulator.requirePasskey();
		await ask();
		await rig.elapse(CHALLENGE_MS);
		await rig.untilState('unlinked');
		expect(isAsked()).toBe(true);
		expect(rig.simulator.counters.registrations).toBe(1);
		expect(() => rig.session.passkey.read()).toThrow(
			expect.objectContaining({ code: 'passkey_not_asked' }),
		);
	});

	test('WhatsApp closing the connection after its challenge ends the attempt as well', async () => {
		rig.simulator.requirePasskey();
		await ask();
		rig.simulator.dropUnlinked();
		await rig.untilState('unlinked');
		expect(isAsked()).toBe(true);
		expect(rig.simulator.counters.registrations).toBe(1);
	});

	test.each([
		['in the notification', true],
		['when asked for', false],
	])(
		'a browser’s answer to the challenge (given %s) links the phone that scanned, without another question',
		async (_where, hasOptions) => {
			rig.simulator.requirePasskey({ hasOptions });
			const { linked } = await ask();
			const asked = rig.session.passkey.read();
			expect(asked).toMatchObject({ stage: 'challenge', options: { rpId: 'whatsapp.com' } });
			const answered = await rig.session.passkey.answer(rig.phone.passkey.answer(challenge(asked)));
			expect(answered.stage).toBe('finishing');
			await linked;
			await rig.untilState('connected');
			expect(rig.session.status()).toMatchObject({ number: '15550001111', lastError: null });
		},
	);

	test('without the proof of a fresh scan, the code that the phone shows too has to be confirmed', async () => {
		rig.simulator.requirePasskey();
		const { linked } = await ask();
		const later = Date.now() + 5 * 60_000;
		jest.spyOn(Date, 'now').mockImplementation(() => later);
		const answer = rig.phone.passkey.answer(challenge(rig.session.passkey.read()));
		const shown = await rig.session.passkey.answer(answer).finally(() => jest.restoreAllMocks());
		expect(shown).toMatchObject({ stage: 'confirm', code: rig.phone.passkey.shownCode });
		expect(shown.code).toMatch(/^[1-9A-HJ-NP-TV-Z]{4}-[1-9A-HJ-NP-TV-Z]{4}$/);
		await expect(rig.session.passkey.confirm()).resolves.toMatchObject({ stage: 'finishing' });
		await linked;
		await rig.untilState('connected');
	});

	test('an answer to another challenge is refused here, one of another passkey by WhatsApp, and the right one still links', async () => {
		rig.simulator.requirePasskey();
		const { linked } = await ask();
		const { passkey } = rig.phone;
		const asked = rig.session.passkey.read();
		const other = passkey.answer({ challenge: Buffer.from('another').toString('base64url') });
		await expect(rig.session.passkey.answer(other)).rejects.toMatchObject({
			code: 'passkey_invalid',
		});
		const stranger = rig.simulator.createPhone({ number: '15550009999' }).passkey;
		await expect(
			rig.session.passkey.answer(stranger.answer(challenge(asked))),
		).rejects.toMatchObject({ code: 'passkey_refused' });
		await rig.session.passkey.answer(passkey.answer(challenge(asked)));
		await linked;
		await rig.untilState('connected');
	});

	test('a pairing code of such an account ends in the same challenge, and its answer links', async () => {
		rig.simulator.requirePasskey();
		const linked = rig.phone.enterPairingCode(await rig.session.requestPairingCode('15550001111'));
		linked.catch(() => undefined);
		await rig.until(isAsked, 'the challenge');
		await rig.session.passkey.answer(
			rig.phone.passkey.answer(challenge(rig.session.passkey.read())),
		);
		await linked;
		await rig.untilState('connected');
	});

	test('nothing of the exchange reaches the log', async () => {
		rig.simulator.requirePasskey();
		const { linked } = await ask();
		const asked = rig.session.passkey.read();
		const answer = rig.phone.passkey.answer(challenge(asked));
		const { code: shown } = await rig.session.passkey.answer(answer);
		await linked;
		await rig.untilState('connected');
		const log = rig.logLines.join();
		for (const secret of [String(asked.options.challenge), answer.id, String(shown)]) {
			expect(log).not.toContain(secret);
		}
	});

	test('a pairing code that WhatsApp takes without ever linking ends within a minute, in words', async () => {
		rig.simulator.neverLink(true);
		const withheld = rig.simulator.next('linkWithheld');
		const linked = rig.phone.enterPairingCode(await rig.session.requestPairingCode('15550001111'));
		linked.catch(() => undefined);
		await withheld;
		await rig.elapse(FINISH_MS);
		await rig.untilState('unlinked');
		expect(rig.session.status().lastError).toMatch(/^linking_stalled: .*begin again/);
	});
});
