import { setImmediate as nextTask } from 'node:timers/promises';
import { SessionRig } from './SessionRig';

describe('what is asked of a session at the same time, or at a bad moment', () => {
	let rig: SessionRig;
	beforeEach(async () => {
		rig = await SessionRig.create();
	});
	afterEach(() => rig.remove());

	test.each([
		['restart', 'logout'],
		['logout', 'restart'],
		['logout', 'connect'],
		['logout', 'logout'],
	] as const)(
		'%s and %s: never a zombie, and the phone can be linked again',
		async (one, other) => {
			await rig.link();
			await Promise.allSettled([rig.session[one](), rig.session[other]()]);
			if (one !== 'restart') expect(rig.phone.devices).toHaveLength(0);
			if (rig.session.status().state === 'linking') await rig.session.logout();
			await rig.until(() => rig.session.status().state === 'unlinked', 'an unlinked session');
			expect(rig.phone.devices).toHaveLength(0);
			await rig.link();
			expect(rig.phone.devices).toHaveLength(1);
		},
	);

	test('connect while the last connection is being put away opens one connection, not two', async () => {
		const device = await rig.link();
		const ann = rig.simulator.createContact({ number: '15550002222' });
		ann.holdAcks(true);
		const sends = Array.from({ length: 50 }, (_, n) => rig.send(ann.number, `text ${n}`));
		await ann.received(1);
		device.drop('tcpReset');
		for (let n = 0; n < 20; n++) {
			await nextTask();
			await rig.session.connect();
		}
		ann.holdAcks(false);
		expect((await Promise.all(sends)).every(({ state }) => state === 'sent')).toBe(true);
		expect(rig.session.status().state).toBe('connected');
		expect(rig.logLines.filter((line) => line.includes('"code":440'))).toEqual([]);
		expect(new Set(ann.inbox.map(({ id }) => id)).size).toBe(50);
	});

	test('a text given while the connection comes back is not forgotten', async () => {
		const device = await rig.link();
		const ann = rig.simulator.createContact({ number: '15550002222' });
		const sends: Array<Promise<{ state: string }>> = [];
		for (let round = 0; round < 4; round++) {
			device.drop('tcpReset');
			await device.whenOffline();
			for (let n = 0; !device.online; n++) {
				sends.push(rig.send(ann.number, `text ${round} ${n}`));
				await nextTask();
				if (n > 50) await device.whenOnline();
			}
		}
		await Promise.all(sends);
		// Callers do not wait for ever: on a slow machine some have heard "queued" by now.
		await rig.until(
			() => rig.database.all('SELECT message_id FROM send_queue').length === 0,
			'the last one to be accepted',
		);
		expect(ann.inbox).toHaveLength(sends.length);
	});

	test('nothing that was given before a logout leaves from the next account', async () => {
		await rig.link();
		const ann = rig.simulator.createContact({ number: '15550002222' });
		ann.holdAcks(true);
		const early = Array.from({ length: 20 }, (_, n) => rig.send(ann.number, `early ${n}`));
		const settled = Promise.allSettled(early);
		await ann.received(1);
		const loggingOut = rig.session.logout();
		await expect(rig.send(ann.number, 'meanwhile')).rejects.toMatchObject({
			code: 'instance_not_linked',
		});
		await loggingOut;
		const before = ann.inbox.length;
		for (const outcome of await settled) {
			expect(outcome).toMatchObject({ reason: { code: 'instance_not_linked' } });
		}
		const other = rig.simulator.createPhone({ number: '15550007777' });
		const { qr } = await rig.session.waitForQr({ timeoutMs: 30_000 });
		await other.scan(qr);
		await rig.untilState('connected');
		ann.holdAcks(false);
		await rig.send(ann.number, 'from the other account');
		expect(ann.inbox.length).toBe(before + 1);
		expect(rig.database.all('SELECT message_id FROM send_queue')).toEqual([]);
	});

	test('credentials that become unreadable keep this instance down, and end nothing else', async () => {
		const device = await rig.link();
		await rig.database.write([
			{ sql: `UPDATE credentials SET value = substr(value, 1, 100)`, params: [] },
		]);
		device.drop('tcpReset');
		await rig.untilState('stopped');
		expect(rig.session.status().lastError).toMatch(/cannot be read/);
		await expect(rig.session.connect()).rejects.toMatchObject({ code: 'engine_down' });
	});

	test('a server that asks for a restart after every login is not answered in a tight loop', async () => {
		const device = await rig.link();
		const { logins } = rig.simulator.counters;
		const stop = rig.simulator.on('online', (online) => online.drop('streamError515'));
		device.drop('streamError515');
		await rig.until(
			() => rig.logLines.filter((line) => line.includes('"kind":"restart"')).length >= 4,
			'four restarts',
		);
		stop();
		// The rig shortens pauses of up to a second; those that follow grow and are kept.
		expect(rig.simulator.counters.logins - logins).toBeLessThan(10);
	});

	test('logging out while WhatsApp cannot be reached still unlinks here', async () => {
		const device = await rig.link();
		device.drop('tcpReset');
		await device.whenOffline();
		await rig.session.logout();
		expect(rig.session.status().state).toBe('unlinked');
		expect(rig.phone.devices).toHaveLength(0);
	});

	test('a message in another chat cannot be deleted or answered by naming its id', async () => {
		await rig.link();
		const ann = rig.simulator.createContact({ number: '15550002222' });
		const bob = rig.simulator.createContact({ number: '15550003333' });
		const { messageId } = await rig.send(ann.number, 'for Ann');
		const fromAnn = await ann.sendText(rig.phone, 'from Ann');
		await rig.event('received');
		await bob.revoke(rig.phone, messageId);
		await bob.revoke(rig.phone, fromAnn);
		await bob.sendText(rig.phone, 'the end');
		await rig.event('received', 2);
		expect(rig.of('status').filter(({ status }) => status === 'DELETED')).toEqual([]);
	});

	test('a query that WhatsApp leaves unanswered is no message sent, and the caller hears so in time', async () => {
		await rig.link();
		const ann = rig.simulator.createContact({ number: '15550002222' });
		rig.simulator.ignoreQuery('usync/get/usync', true);
		const sending = rig.send(ann.number, 'hello');
		await rig.until(
			() => rig.simulator.counters.unknownQueries !== undefined && ann.inbox.length === 0,
			'the send to be under way',
		);
		setTimeout(() => rig.simulator.ignoreQuery('usync/get/usync', false), 500);
		const outcome = await sending;
		expect(['sent', 'queued']).toContain(outcome.state);
		const received = await ann.receive(undefined, { timeoutMs: 25_000 });
		expect(received.id).toBe(outcome.messageId);
		expect(ann.duplicates).toBe(0);
	}, 60_000);
});
