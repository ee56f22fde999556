import type { Call, Contact, LinkedDevice } from '../../simulator';
import { INSTANCE, SessionRig } from './SessionRig';

const TEXT = 'We take no calls here. Please write to us.';

describe('calls that are rejected', () => {
	let rig: SessionRig;
	let device: LinkedDevice;
	beforeAll(async () => {
		rig = await SessionRig.create();
		device = await rig.link();
	});
	afterAll(() => rig.remove());
	beforeEach(async () => {
		rig.events.length = 0;
		await rig.settings.change(INSTANCE, { rejectCalls: false, rejectCallsText: null });
	});

	let lastNumber = 15550003000;
	const newContact = (addressing: 'pn' | 'lid' = 'lid') =>
		rig.simulator.createContact({ number: String(++lastNumber), addressing });
	const told = ({ id }: Call) =>
		rig.of('received').flatMap(({ messageId, call }) => (messageId === id ? [call?.status] : []));
	const untilTold = (call: Call, status: string) =>
		rig.until(() => told(call).includes(status as never), `a call that is ${status}`);
	/** All that was said to this contact so far has reached it. */
	const textsOf = async (contact: Contact, chat = contact.number) => {
		await rig.send(chat, 'the end');
		await contact.receive(({ text }) => text === 'the end');
		return contact.inbox.flatMap(({ text }) => (text && text !== 'the end' ? [text] : []));
	};

	test.each(['pn', 'lid'] as const)(
		'on demand: the caller (%s) hears no, and it is told once',
		async (addressing) => {
			const call = newContact(addressing).call(rig.phone);
			await untilTold(call, 'ringing');
			await rig.session.rejectCall(call.id);
			await call.rejectedByClient();
			await untilTold(call, 'rejected');
			call.hangUp();
			await device.drained();
			expect(told(call)).toEqual(['ringing', 'rejected']);
			await expect(rig.session.rejectCall(call.id)).rejects.toMatchObject({ code: 'call_ended' });
		},
	);

	test('a call that is over or unknown cannot be rejected, and says so', async () => {
		const missed = newContact().call(rig.phone);
		missed.hangUp();
		await untilTold(missed, 'missed');
		await expect(rig.session.rejectCall(missed.id)).rejects.toMatchObject({ code: 'call_ended' });
		await expect(rig.session.rejectCall('NEVER')).rejects.toMatchObject({ code: 'call_not_found' });
		const message = await newContact().sendText(rig.phone, 'no call');
		await rig.until(() => rig.of('received').some(({ type }) => type === 'text'), 'the text');
		await expect(rig.session.rejectCall(message)).rejects.toMatchObject({ code: 'call_not_found' });
		expect(missed.isRejectedByClient).toBe(false);
	});

	test('by itself, where it is switched on: the caller gets the answer once for each call', async () => {
		await rig.settings.change(INSTANCE, { rejectCalls: true, rejectCallsText: TEXT });
		const ann = newContact();
		for (let count = 0; count < 2; count++) {
			const call = ann.call(rig.phone);
			call.offer();
			await call.rejectedByClient();
			await untilTold(call, 'rejected');
			call.offer();
			call.hangUp();
			await device.drained();
			expect(told(call)).toEqual(['ringing', 'rejected']);
		}
		expect(await textsOf(ann)).toEqual([TEXT, TEXT]);
	});

	test('by itself without an answer, and in a group without one whatever is set', async () => {
		await rig.settings.change(INSTANCE, { rejectCalls: true });
		const ann = newContact();
		const group = rig.simulator.createGroup({ subject: 'Team', participants: [rig.phone, ann] });
		await ann.call(rig.phone).rejectedByClient();
		await rig.settings.change(INSTANCE, { rejectCallsText: TEXT });
		await ann.call(rig.phone, { group }).rejectedByClient();
		expect(await textsOf(ann, group.jid)).toEqual([]);
	});

	test('a call that came while nobody was there is only told', async () => {
		await rig.settings.change(INSTANCE, { rejectCalls: true, rejectCallsText: TEXT });
		await rig.registry.stopAll();
		await device.whenOffline();
		const ann = newContact();
		const call = ann.call(rig.phone);
		await rig.restart();
		await rig.untilState('connected');
		await untilTold(call, 'ringing');
		await device.drained();
		expect(await textsOf(ann)).toEqual([]);
		expect(call.isRejectedByClient).toBe(false);
	});
});
