import {
	startSimulator,
	type DropKind,
	type LinkedDevice,
	type Phone,
	type Simulator,
} from './index';
import { linkPlainClient } from './linkPlainClient';
import { PlainClient } from './PlainClient';

describe('the ways a connection ends', () => {
	let simulator: Simulator;
	let phone: Phone;
	let client: PlainClient;
	let device: LinkedDevice;

	beforeAll(async () => {
		simulator = await startSimulator();
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		({ client, device } = await linkPlainClient(simulator, phone, { keepAliveIntervalMs: 200 }));
	});

	afterEach(() => {
		simulator.failLogins(undefined);
		simulator.refuseUpgrades(undefined);
		simulator.stopAnsweringPings(false);
	});

	afterAll(async () => {
		client.end();
		await simulator.stop();
	});

	const reconnect = async (): Promise<void> => {
		if (client.open) return;
		client.connect();
		await client.whenOpen();
		await device.whenOnline();
	};

	test.each<[DropKind, number]>([
		['tcpReset', 428],
		['close', 428],
		['xmlstreamend', 428],
		['replaced', 440],
		['deviceRemoved', 401],
		['deviceRemovedWithoutCode', 440],
		['streamError503', 503],
		['streamError500', 500],
	])('%s is code %i for Baileys', async (how, code) => {
		await reconnect();
		const seen = client.closings.length;
		device.drop(how);
		const closing = await client.closing(seen);
		expect(closing.code).toBe(code);
		if (how.startsWith('deviceRemoved')) expect(closing.conflict).toBe('device_removed');
		expect(device.online).toBe(false);
	});

	test('streamError515 makes the client come back', async () => {
		await reconnect();
		const back = simulator.next('online');
		device.drop('streamError515');
		await back;
		expect(device.online).toBe(true);
	});

	test('a second login with the same credentials replaces the first', async () => {
		await reconnect();
		const seen = client.closings.length;
		const second = new PlainClient(simulator);
		Object.assign(second.auth, client.auth);
		second.connect();
		expect((await client.closing(seen)).code).toBe(440);
		await second.whenOpen();
		second.end();
		await device.whenOffline();
	});

	test('a login can be refused with any reason', async () => {
		await reconnect();
		const seen = client.closings.length;
		device.drop('close');
		await client.closing(seen);
		simulator.failLogins(403);
		client.connect();
		expect((await client.closing(seen + 1)).code).toBe(403);
		expect(simulator.counters.refusedLogins).toBe(1);
	});

	test('an upgrade can be refused or left hanging, and the client never hears of it', async () => {
		const idle = new PlainClient(simulator);
		simulator.refuseUpgrades(503);
		const answered = new Promise((resolve) => {
			idle.connect().socket.ws.on('unexpected-response', (_: unknown, response: unknown) => {
				resolve((response as { statusCode: number }).statusCode);
			});
		});
		expect(await answered).toBe(503);
		expect(idle.closings).toEqual([]);
		idle.end();
		simulator.refuseUpgrades(undefined);
		simulator.holdUpgrades(true);
		const before = simulator.counters.connections;
		const hanging = new PlainClient(simulator).connect();
		await expect(hanging.until(() => hanging.closings[0], 'an end', 200)).rejects.toThrow('an end');
		expect(simulator.counters.connections).toBe(before);
		simulator.holdUpgrades(false);
		hanging.end();
	});

	test('unanswered pings end the connection with 408', async () => {
		await reconnect();
		const seen = client.closings.length;
		simulator.stopAnsweringPings(true);
		const closing = await client.closing(seen);
		expect(closing.code).toBe(408);
	}, 20_000);

	test('the client logs itself out', async () => {
		await reconnect();
		await client.socket.logout();
		await device.whenOffline();
		expect(phone.devices).toEqual([]);
	});

	test('a client removed on the phone is told so and not let in again', async () => {
		const linked = await linkPlainClient(simulator, phone);
		const seen = linked.client.closings.length;
		phone.unlink(linked.device);
		expect((await linked.client.closing(seen)).code).toBe(401);
		linked.client.connect();
		expect((await linked.client.closing(seen + 1)).code).toBe(401);
		linked.client.end();
	});
});
