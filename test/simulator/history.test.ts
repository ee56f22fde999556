import { startSimulator, toHistory } from './index';
import { PlainClient } from './PlainClient';

test('a new client is told the chats, the names in the address book and the names people show', async () => {
	const simulator = await startSimulator();
	const ann = simulator.createContact({ number: '15550002222', name: 'annie' });
	const bob = simulator.createContact({ number: '15550003333', name: 'bobby', addressing: 'lid' });
	const group = simulator.createGroup({ subject: 'All', participants: [ann, bob] });
	const history = toHistory([
		{
			with: ann,
			savedAs: 'Ann Smith',
			unread: 1,
			messages: [
				{ text: 'hi', timestamp: 1000 },
				{ text: 'hello', from: ann, timestamp: 2000 },
			],
		},
		{ with: bob, savedAs: 'Bob' },
		{ with: group, messages: [{ text: 'all', from: bob, timestamp: 3000 }] },
	]);
	const phone = simulator.createPhone({ number: '15550001111', name: 'Owner', history });
	const client = new PlainClient(simulator).connect();
	const device = await phone.scan(await client.qr());
	const sets = client.record('messaging-history.set');
	await client.whenOpen();
	const contacts = await client.until(() => {
		const all = sets.flatMap((set) => set.contacts);
		return all.some(({ notify }) => notify) ? all : undefined;
	}, 'the names');
	expect(contacts).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ id: ann.pn, name: 'Ann Smith', lid: ann.lid }),
			expect.objectContaining({ id: bob.lid, name: 'Bob', phoneNumber: bob.pn }),
			expect.objectContaining({ id: group.jid, name: 'All' }),
			expect.objectContaining({ id: ann.pn, notify: 'annie' }),
		]),
	);
	const messages = sets.flatMap((set) => set.messages);
	expect(messages.map(({ key, message }) => [key.fromMe, message?.conversation])).toEqual([
		[false, 'hello'],
		[true, 'hi'],
		[false, 'all'],
	]);
	expect(messages[2]?.key.participant).toBe(bob.lid);
	await device.drained();
	await phone.syncHistory(toHistory([{ with: ann, savedAs: 'Ann Jones' }]));
	await client.until(
		() => sets.flatMap((set) => set.contacts).find(({ name }) => name === 'Ann Jones'),
		'the new name',
	);
	ann.name = 'ann2';
	expect((await client.message(await ann.sendText(phone, 'renamed'))).pushName).toBe('ann2');
	client.end();
	await simulator.stop();
});
