import { INSTANCE, SessionRig } from './SessionRig';

describe('linking', () => {
	let rig: SessionRig;
	beforeEach(async () => {
		rig = await SessionRig.create();
	});
	afterEach(() => rig.remove());

	const firstCode = () => rig.session.waitForQr({ timeoutMs: 30_000 });
	test('a scanned QR code links the phone, and receivers are told once', async () => {
		expect(rig.session.status().state).toBe('unlinked');
		await rig.link();
		const connected = await rig.event('connected');
		expect(connected).toMatchObject({
			status: 'Connected',
			instanceName: 'sales',
			whatsappStatus: { message: 'Connected' },
		});
		expect(rig.session.status()).toMatchObject({ number: '15550001111', pushName: 'Owner' });
		expect(rig.of('connected')).toHaveLength(1);
		expect(rig.of('disconnected')).toHaveLength(0);
	});

	test('a linked instance has no QR code to give', async () => {
		await rig.link();
		await expect(firstCode()).rejects.toMatchObject({ code: 'instance_already_linked' });
	});

	test('a caller who gives up waiting is answered at once', async () => {
		rig.simulator.holdUpgrades(true);
		const hangUp = new AbortController();
		const waiting = rig.session.waitForQr({ timeoutMs: 60_000, signal: hangUp.signal });
		hangUp.abort();
		await expect(waiting).rejects.toMatchObject({ code: 'qr_not_ready' });
	});

	test.each(['companion_reg_refresh', 'pair-device-rotate-qr'] as const)(
		'today’s phones: WhatsApp asks for a new secret (%s) when the code is scanned, and the next scan links',
		async (child) => {
			rig.simulator.requestCompanionRegRefresh({ child, when: 'onScan' });
			const { qr } = await firstCode();
			await expect(rig.phone.scan(qr)).rejects.toThrow(/new secret/);
			await rig.until(
				() => rig.simulator.counters.registrationRefreshAcks === 1,
				'the acknowledgement',
			);
			const fresh = await firstCode();
			expect(fresh.qr).not.toBe(qr);
			await rig.phone.scan(fresh.qr);
			await rig.untilState('connected');
		},
	);

	test('a secret that was retired before any scan is not shown any more', async () => {
		rig.simulator.requestCompanionRegRefresh({ when: 'onPairDevice' });
		await firstCode();
		await rig.until(
			() => rig.simulator.counters.registrationRefreshAcks === 1,
			'the acknowledgement',
		);
		const { qr } = await firstCode();
		await rig.phone.scan(qr);
		await rig.untilState('connected');
	});

	test('a code with the retired secret cannot link any more', async () => {
		rig.simulator.requestCompanionRegRefresh({ when: 'onScan' });
		const { qr } = await firstCode();
		await expect(rig.phone.scan(qr)).rejects.toThrow(/new secret/);
		await expect(rig.phone.scan(qr)).rejects.toThrow(/retired/);
	});

	test('a pairing code links the phone', async () => {
		const code = await rig.session.requestPairingCode('15550001111');
		expect(code).toMatch(/^[0-9A-Z]{8}$/);
		await rig.phone.enterPairingCode(code);
		await rig.untilState('connected');
	});

	test('a pairing code is not disturbed by a request for a new secret', async () => {
		const code = await rig.session.requestPairingCode('15550001111');
		rig.simulator.requestCompanionRegRefresh({ when: 'now' });
		await rig.phone.enterPairingCode(code);
		await rig.untilState('connected');
	});

	test('a refused pairing code is said to be refused, and a QR code still links', async () => {
		rig.simulator.refusePairingCodes({ code: 429, text: 'rate-overlimit' });
		await expect(rig.session.requestPairingCode('15550001111')).rejects.toMatchObject({
			code: 'pairing_code_refused',
		});
		await rig.link();
	});

	test.each(['wrongRoot', 'wrongLeafSignature', 'otherStaticKey'] as const)(
		'a server that cannot prove who it is (%s) is refused, and nothing is told to it',
		async (kind) => {
			rig.simulator.serverCertificate = kind;
			const waiting = rig.session.waitForQr({ timeoutMs: 30_000 }).then(
				() => 'a code',
				() => 'none',
			);
			await rig.until(() => rig.simulator.counters.connections >= 2, 'a second attempt');
			await rig.session.stop();
			expect(await waiting).toBe('none');
			expect(rig.simulator.counters.registrations).toBe(0);
		},
	);

	test('logging out here unlinks the phone, and another can be linked', async () => {
		const device = await rig.link();
		await rig.session.logout();
		expect(rig.session.status()).toMatchObject({ state: 'unlinked', number: null });
		expect(await rig.event('disconnected')).toMatchObject({ reason: 'logged_out' });
		expect(rig.phone.devices).not.toContain(device);
		await rig.link();
	});

	test('a phone that removes the device leaves the instance logged out, its credentials kept aside', async () => {
		const device = await rig.link();
		rig.phone.unlink(device);
		await rig.untilState('loggedOut');
		expect(await rig.event('disconnected')).toMatchObject({ reason: 'logged_out' });
		expect(rig.database.all('SELECT reason FROM archived_credentials')).toEqual([
			{ reason: 'removed_on_phone' },
		]);
		expect(rig.database.all('SELECT id FROM signal_keys')).toEqual([]);
		await rig.link();
	});

	test('credentials kept aside go after 90 days', async () => {
		const archive = async (instanceId: string, reason: string, days: number) =>
			await rig.database.write([
				{
					sql: `INSERT INTO archived_credentials (instance_id, archived_at, reason, value)
						VALUES (?1, ?2, ?3, seal('old', 'credentials.value', ?1))`,
					params: [instanceId, Date.now() - days * 24 * 3_600_000, reason],
				},
			]);
		const kept = () => rig.database.all('SELECT reason FROM archived_credentials').length;
		await archive(INSTANCE, 'logged_out', 91);
		await archive(INSTANCE, 'blocked', 89);
		await archive(INSTANCE, 'exported', 91);
		await rig.restart();
		await rig.until(() => kept() < 3, 'the sweep');
		// How an export is known while nothing is linked here again.
		expect(
			rig.database.all('SELECT reason FROM archived_credentials ORDER BY archived_at'),
		).toEqual([{ reason: 'exported' }, { reason: 'blocked' }]);
		await rig.link();
		await rig.restart();
		await rig.until(() => kept() < 2, 'the sweep');
		expect(rig.database.all('SELECT reason FROM archived_credentials')).toEqual([
			{ reason: 'blocked' },
		]);
	});

	test('a restart of the runner needs no new QR code and reports nothing', async () => {
		await rig.link();
		await rig.event('connected');
		await rig.restart();
		await rig.untilState('connected');
		expect(rig.simulator.counters.registrations).toBe(1);
		expect(rig.of('connected')).toHaveLength(1);
		expect(rig.of('disconnected')).toHaveLength(0);
	});

	test('credentials that cannot be read keep the instance down and are not written over', async () => {
		await rig.link();
		await rig.database.write([
			{ sql: `UPDATE credentials SET value = substr(value, 1, 100)`, params: [] },
		]);
		const before = rig.database.all('SELECT value FROM credentials');
		await rig.restart();
		expect(rig.session.status()).toMatchObject({
			state: 'stopped',
			lastError: expect.stringContaining('cannot be read'),
		});
		await expect(rig.session.waitForQr({ timeoutMs: 100 })).rejects.toMatchObject({
			code: 'instance_already_linked',
		});
		await expect(rig.session.connect()).rejects.toMatchObject({ code: 'engine_down' });
		expect(rig.database.all('SELECT value FROM credentials')).toEqual(before);
	});

	test('no secret, number or code of a linking reaches the log', async () => {
		const { qr } = await firstCode();
		await rig.phone.scan(qr);
		await rig.untilState('connected');
		const log = rig.logLines.join('\n');
		expect(log).not.toBe('');
		for (const secret of [...qr.split('#')[1]!.split(','), '15550001111', 'Owner']) {
			if (secret.length > 3) expect(log).not.toContain(secret);
		}
	});
});
