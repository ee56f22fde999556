import { randomBytes } from 'node:crypto';
import { startSimulator, type Phone, type Simulator } from './index';
import { PlainClient } from './PlainClient';
import { waitUntil } from './waiting/waitUntil';

describe('linking a client to a phone', () => {
	let simulator: Simulator;
	let phone: Phone;
	const clients: PlainClient[] = [];

	const connect = (config = {}): PlainClient => {
		const client = new PlainClient(simulator, config);
		clients.push(client);
		return client.connect();
	};

	beforeEach(async () => {
		simulator = await startSimulator();
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
	});

	afterEach(async () => {
		for (const client of clients.splice(0)) client.end();
		await simulator.stop();
	});

	test('the phone scans the QR code and the client logs in as its device', async () => {
		const client = connect();
		const device = await phone.scan(await client.qr());
		await client.whenOpen();
		expect(device.jid).toBe('15550001111:1@s.whatsapp.net');
		expect(client.auth.creds.me).toMatchObject({ id: device.jid, lid: device.lid, name: 'Owner' });
		expect(client.closings.map(({ code }) => code)).toEqual([515]);
		await device.drained();
		expect(simulator.counters).toMatchObject({ registrations: 1, logins: 1, nacks: {} });
	});

	test('after linking the client has the app state key and its history is synced', async () => {
		const client = connect();
		const device = await phone.scan(await client.qr());
		await device.whenOnline();
		await client.until(() => client.auth.creds.myAppStateKeyId, 'the app state key');
		await client.until(() => client.auth.creds.accountSyncCounter || undefined, 'the history');
		expect(simulator.counters.unknownQueries).toEqual({});
	});

	test('a QR code can be used once', async () => {
		const client = connect();
		const qr = await client.qr();
		await phone.scan(qr);
		await expect(phone.scan(qr)).rejects.toThrow('used before');
	});

	test('a malformed QR code, an unknown reference and foreign keys are refused', async () => {
		const qr = await connect().qr();
		const [url, body = ''] = qr.split('#');
		const [, ...fields] = body.split(',');
		await expect(phone.scan('hello')).rejects.toThrow('malformed');
		await expect(phone.scan([url, ['2@unknown', ...fields].join(',')].join('#'))).rejects.toThrow(
			'unknown',
		);
		const other = await connect().qr();
		const [otherRef] = (other.split('#')[1] ?? '').split(',');
		await expect(phone.scan([otherRef, ...fields].join(','))).rejects.toThrow(
			'not those of the client',
		);
	});

	test('a client that does not hold the secret of its QR code is not linked', async () => {
		const fields = (await connect().qr()).split(',');
		fields[3] = randomBytes(32).toString('base64');
		await expect(phone.scan(fields.join(','))).rejects.toThrow('instead of signing');
		expect(phone.devices).toHaveLength(0);
	});

	test('after companion_reg_refresh a code that was shown before is refused', async () => {
		const qr = await connect().qr();
		simulator.requestCompanionRegRefresh({ shown: [qr] });
		await expect(phone.scan(qr)).rejects.toThrow('retired');
	});

	test('a client that ignores companion_reg_refresh cannot be linked', async () => {
		simulator.requestCompanionRegRefresh({ when: 'onPairDevice', child: 'pair-device-rotate-qr' });
		const qr = await connect().qr();
		await expect(phone.scan(qr, { timeoutMs: 100 })).rejects.toThrow('acknowledging');
		expect(simulator.counters).toMatchObject({
			registrationRefreshes: 1,
			registrationRefreshAcks: 0,
		});
	});

	test('a refresh after the scan makes the scan fail, and a code with a new secret links', async () => {
		simulator.requestCompanionRegRefresh({ when: 'onScan' });
		const client = connect();
		const qr = await client.qr();
		client.socket.ws.on('CB:notification,type:companion_reg_refresh', ({ attrs }) => {
			client.auth.creds.advSecretKey = randomBytes(32).toString('base64');
			void client.socket.sendNode({
				tag: 'ack',
				attrs: { to: attrs.from, id: attrs.id, class: 'notification', type: attrs.type },
			});
		});
		const acknowledged = simulator.next('registrationRefreshAck');
		await expect(phone.scan(qr)).rejects.toThrow('scan its new QR code');
		await acknowledged;
		await expect(phone.scan(qr)).rejects.toThrow('retired');
		const fields = qr.split(',');
		fields[3] = client.auth.creds.advSecretKey;
		await phone.scan(fields.join(','));
		await client.whenOpen();
	});

	test('a pairing code links the client that asked for it', async () => {
		const client = connect();
		await client.qr();
		const code = await client.socket.requestPairingCode(phone.number);
		const device = await phone.enterPairingCode(code);
		await client.whenOpen();
		expect(client.auth.creds.me?.id).toBe(device.jid);
	});

	test('a wrong pairing code is refused', async () => {
		const client = connect();
		await client.qr();
		await client.socket.requestPairingCode(phone.number, 'ABCD2345');
		await expect(phone.enterPairingCode('WXYZ6789')).rejects.toThrow('pairing code is wrong');
	});

	test('a pairing code for a client without a real operating system is refused by the server', async () => {
		const client = connect({ browser: ['Custom', 'Custom', '1.0'] });
		await client.qr();
		const refused = new Promise((resolve) => client.socket.ws.on('CB:iq,type:error', resolve));
		await client.socket.requestPairingCode(phone.number);
		expect(await refused).toMatchObject({ content: [{ tag: 'error', attrs: { code: '400' } }] });
	});

	test('waiting for a pairing request that never comes says so', async () => {
		await expect(phone.enterPairingCode('ABCD2345', { timeoutMs: 10 })).rejects.toThrow(
			'a client to ask for a pairing code for 15550001111',
		);
	});

	test('a linked client is not let in with another Noise key', async () => {
		const client = connect();
		await phone.scan(await client.qr());
		await client.whenOpen();
		const impostor = new PlainClient(simulator);
		clients.push(impostor);
		impostor.auth.creds.me = { id: '15550001111:1@s.whatsapp.net' };
		impostor.connect();
		expect((await impostor.closing()).code).toBe(401);
	});

	test('a client whose prekeys run low is asked for more and brings them', async () => {
		const client = connect();
		const device = await phone.scan(await client.qr());
		await client.whenOpen();
		await client.until(() => client.auth.creds.accountSyncCounter || undefined, 'the history');
		while (device.keys.count > 4) device.takeBundle();
		await waitUntil({
			on: device.changed,
			look: () => device.keys.count > 4 || undefined,
			describe: () => `more than ${device.keys.count} prekeys`,
		});
		await device.drained();
	});
});
