import type { DropKind } from '../../simulator';
import { SessionRig } from './SessionRig';

describe('when WhatsApp ends the connection', () => {
	let rig: SessionRig;
	beforeEach(async () => {
		rig = await SessionRig.create();
	});
	afterEach(() => rig.remove());

	test.each<DropKind>([
		'tcpReset',
		'close',
		'xmlstreamend',
		'streamError500',
		'streamError503',
		'streamError515',
	])('%s: it comes back, and a message from meanwhile arrives once', async (how) => {
		const device = await rig.link();
		const contact = rig.simulator.createContact({ number: '15550002222' });
		device.drop(how);
		await device.whenOffline();
		const id = await contact.sendText(rig.phone, 'meanwhile');
		await device.receipted(id);
		await rig.untilState('connected');
		expect(rig.of('received').map(({ messageId }) => messageId)).toEqual([id]);
		expect(rig.of('disconnected')).toHaveLength(0);
	});

	test('in the middle of a flood of messages: none has been half read, each arrives once and in order', async () => {
		const device = await rig.link();
		const contact = rig.simulator.createContact({ number: '15550002222' });
		const ids: string[] = [];
		for (let n = 0; n < 4; n++) {
			await device.whenOnline({ timeoutMs: 20_000 });
			const sending = Array.from({ length: 150 }, (_, m) =>
				contact.sendText(rig.phone, `${n} ${m}`),
			);
			ids.push(...(await Promise.all(sending)));
			await rig.simulator.next('receipt');
			device.drop(n % 2 === 0 ? 'close' : 'tcpReset');
			await device.whenOffline();
		}
		await device.whenOnline({ timeoutMs: 20_000 });
		await device.drained();
		expect(rig.of('received').map(({ messageId }) => messageId)).toEqual(ids);
		const { retryReceipts, nacks } = rig.simulator.counters;
		expect({ retryReceipts, nacks }).toEqual({ retryReceipts: 0, nacks: {} });
	});

	test.each<DropKind>(['deviceRemoved', 'deviceRemovedWithoutCode'])(
		'%s: logged out, whatever the code says, and nothing is tried again',
		async (how) => {
			const device = await rig.link();
			const { connections } = rig.simulator.counters;
			device.drop(how);
			await rig.untilState('loggedOut');
			expect(rig.simulator.counters.connections).toBe(connections);
		},
	);

	test('replaced by another process again and again: it gives way and says so', async () => {
		const device = await rig.link();
		for (let n = 0; n < 4; n++) {
			await device.whenOnline();
			device.drop('replaced');
			await device.whenOffline();
		}
		await rig.untilState('stopped');
		expect(rig.session.status().lastError).toMatch(/another process.*Stop the other process/);
		expect(await rig.event('disconnected')).toMatchObject({ reason: 'replaced' });
		await rig.session.restart();
		await rig.untilState('connected');
	});

	test.each([402, 403, 406])(
		'banned (%d): blocked, and never tried again by itself',
		async (code) => {
			const device = await rig.link();
			rig.simulator.failLogins(code);
			device.drop('tcpReset');
			await rig.untilState('blocked');
			const { connections } = rig.simulator.counters;
			await expect(rig.send('15550002222', 'hello')).rejects.toMatchObject({
				code: 'instance_blocked',
			});
			await rig.restart();
			expect(rig.session.status().state).toBe('blocked');
			expect(rig.simulator.counters.connections).toBe(connections);
		},
	);

	test('a login that is refused with 401 is a logout', async () => {
		const device = await rig.link();
		rig.simulator.failLogins(401);
		device.drop('tcpReset');
		await rig.untilState('loggedOut');
	});

	test('an HTTP error at the upgrade does not leave it hanging', async () => {
		const device = await rig.link();
		rig.simulator.refuseUpgrades(503);
		device.drop('tcpReset');
		await rig.until(
			() => rig.logLines.filter((line) => line.includes('"code":503')).length >= 2,
			'two refused attempts',
		);
		rig.simulator.refuseUpgrades(undefined);
		await rig.untilState('connected');
	});
});
