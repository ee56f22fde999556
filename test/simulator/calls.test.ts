import {
	startSimulator,
	type Contact,
	type Group,
	type LinkedDevice,
	type Phone,
	type Simulator,
} from './index';
import { linkPlainClient } from './linkPlainClient';
import type { PlainClient } from './PlainClient';

describe('calls', () => {
	let simulator: Simulator;
	let phone: Phone;
	let contact: Contact;
	let group: Group;
	let client: PlainClient;
	let device: LinkedDevice;

	beforeAll(async () => {
		simulator = await startSimulator();
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		contact = simulator.createContact({ number: '15550002222', addressing: 'lid' });
		group = simulator.createGroup({ subject: 'Two', participants: [contact, phone] });
		({ client, device } = await linkPlainClient(simulator, phone));
	});

	afterAll(async () => {
		client.end();
		await simulator.stop();
	});

	const eventsOf = (id: string, calls: ReturnType<typeof record>) =>
		calls.flat().filter((call) => call.id === id);
	const record = () => client.record('call');

	test.each([
		['the caller hangs up', 'hangUp', ['offer', 'terminate']],
		['nobody takes it', 'timeOut', ['offer', 'timeout']],
		['the owner takes it on the phone', 'acceptOnPhone', ['offer', 'accept', 'terminate']],
		['the owner refuses it on the phone', 'rejectOnPhone', ['offer', 'reject', 'terminate']],
	] as const)('a call rings until %s', async (_, end, statuses) => {
		const calls = record();
		const call = contact.call(phone);
		call[end]();
		await client.until(() => eventsOf(call.id, calls)[statuses.length - 1], 'its end');
		expect(eventsOf(call.id, calls).map(({ status }) => status)).toEqual(statuses);
		expect(eventsOf(call.id, calls)[0]).toMatchObject({
			chatId: contact.lid,
			from: contact.lid,
			callerPn: contact.pn,
			isVideo: false,
			isGroup: false,
			offline: false,
		});
		await device.drained();
	});

	test('video and group calls say what they are', async () => {
		const calls = record();
		const call = contact.call(phone, { video: true, group });
		const [offer] = await client.until(() => calls[0], 'the offer');
		expect(offer).toMatchObject({ id: call.id, isVideo: true, isGroup: true, groupJid: group.jid });
	});

	test('the client can refuse a call', async () => {
		const calls = record();
		const call = contact.call(phone);
		const [offer] = await client.until(() => calls[0], 'the offer');
		await client.socket.rejectCall(call.id, offer?.from ?? '');
		await call.rejectedByClient();
	});

	test('a call that was missed while offline is told at the next login', async () => {
		await device.drained();
		client.end();
		await device.whenOffline();
		const call = contact.call(phone);
		call.timeOut();
		client.connect();
		const calls = record();
		await client.until(() => eventsOf(call.id, calls)[1], 'the missed call');
		expect(eventsOf(call.id, calls)).toMatchObject([
			{ status: 'offer', offline: true },
			{ status: 'timeout', offline: true },
		]);
	});
});
