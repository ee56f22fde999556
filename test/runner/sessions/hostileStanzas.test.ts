import { ChatNames } from '../../../runner/people/ChatNames';
import type { LinkedDevice } from '../../simulator';
import { element } from '../../simulator/stanzas/element';
import { nowSeconds } from '../../simulator/stanzas/bigEndian';
import { INSTANCE, SessionRig } from './SessionRig';

const { PN_A, PN_M } = { PN_A: '15550005001', PN_M: '15550005002' };

/** What a contact could send if WhatsApp's server passed it on: each speaks for itself alone. */
describe('a contact who speaks for others', () => {
	let rig: SessionRig;
	let device: LinkedDevice;
	let ann: ReturnType<typeof rig.simulator.createContact>;
	let mallory: typeof ann;
	let group: ReturnType<typeof rig.simulator.createGroup>;
	beforeAll(async () => {
		rig = await SessionRig.create();
		device = await rig.link();
		ann = rig.simulator.createContact({ number: PN_A, name: 'Ann' });
		mallory = rig.simulator.createContact({ number: PN_M, name: 'Mallory' });
		group = rig.simulator.createGroup({
			subject: 'Team',
			participants: [ann, mallory, rig.phone],
			admins: [ann],
		});
	});
	afterAll(() => rig.remove());
	beforeEach(() => {
		rig.events.length = 0;
	});
	const statuses = () => rig.of('status').map(({ number, status }) => [number, status]);
	const received = (text: string) =>
		rig.until(() => rig.of('received').find(({ message }) => message === text), text);

	test('reads, plays and receives nothing that went to somebody else', async () => {
		const { messageId: direct } = await rig.send(ann.number, 'for ann');
		const { messageId: toGroup } = await rig.send(group.jid, 'for the team');
		await ann.receive(({ text }) => text === 'for the team');
		await rig.until(() => statuses().length >= 3, 'what honest phones say');
		rig.events.length = 0;
		const inGroup = { from: group.jid, participant: mallory.pn };
		for (const type of [undefined, 'read', 'played', 'inactive', 'sender', 'read-self']) {
			const say = (id: string, more: object = {}, list: string[] = []) =>
				mallory.sendStanza(
					rig.phone,
					'receipt',
					{ id, type, ...more },
					list.map((item) => element('item', { id: item })),
				);
			say(direct);
			say(toGroup);
			say(direct, inGroup);
			say(direct, { recipient: ann.pn });
			say(direct, { participant: ann.pn });
			mallory.sendStanza(rig.phone, 'receipt', { id: 'X', type }, [
				element(
					'list',
					{},
					[direct, toGroup].map((id) => element('item', { id })),
				),
			]);
		}
		await device.drained();
		expect(statuses()).toEqual([]);
		ann.markRead(direct);
		await rig.until(() => statuses().length === 1, 'READ');
		expect(statuses()).toEqual([[ann.number, 'READ']]);
	});

	test('is told as themselves, whatever the message says of its sender and chat', async () => {
		await mallory.sendMessage(rig.phone, {
			deviceSentMessage: { destinationJid: ann.pn, message: { conversation: 'sent by you' } },
		});
		expect(await received('sent by you')).toMatchObject({ number: PN_M, fromMe: false });
	});

	test("replaces no key of others in a group, nor changes how long a chat's messages last", async () => {
		await ann.sendText(group, 'before');
		await received('before');
		await mallory.sendMessage(rig.phone, {
			senderKeyDistributionMessage: {
				groupId: group.jid,
				axolotlSenderKeyDistributionMessage: Buffer.alloc(80, 7),
			},
			protocolMessage: { type: 3, ephemeralExpiration: 1, key: { remoteJid: ann.pn } },
		});
		await device.drained();
		await ann.sendText(group, 'after');
		expect(await received('after')).toMatchObject({ number: group.jid, fromMe: false });
		await mallory.sendText(rig.phone, 'still heard');
		await received('still heard');
	});

	test('gives no order of the server, of the own phone or of a group', async () => {
		const credentials = () => rig.database.all('SELECT hex(value) AS value FROM credentials');
		const nameOf = (chat: string) => new ChatNames(rig.database).nameOf(INSTANCE, chat);
		await device.drained();
		const [before, name] = [credentials(), nameOf(group.jid)];
		const queries = { ...rig.simulator.counters.queries };
		const say = (type: string, content: ReturnType<typeof element>[]) =>
			mallory.sendStanza(rig.phone, 'notification', { type, participant: mallory.pn }, content);
		say('w:gp2', [
			element('create', {}, [
				element(
					'group',
					{
						id: group.jid.split('@')[0],
						subject: 'Stolen',
						creation: nowSeconds(),
						s_t: nowSeconds(),
					},
					[element('participant', { jid: mallory.pn })],
				),
			]),
		]);
		say('account_sync', [element('disappearing_mode', { duration: 60, t: nowSeconds() })]);
		say('server_sync', [element('collection', { name: 'regular', version: 1 })]);
		say('link_code_companion_reg', [element('link_code_companion_reg', {})]);
		say('encrypt', [element('count', { value: 0 })]);
		await device.drained();
		await mallory.sendText(rig.phone, 'done');
		await received('done');
		expect({
			queries: rig.simulator.counters.queries,
			credentials: credentials(),
			name: nameOf(group.jid),
		}).toEqual({ queries, credentials: before, name });
	});

	test('disturbs nothing with presences that say nothing', async () => {
		for (const tag of ['presence', 'chatstate']) {
			for (const content of [undefined, [], [element('nonsense', {})]]) {
				device.deliverVolatile(element(tag, { from: mallory.pn }, content));
				device.deliverVolatile(element(tag, { from: group.jid, participant: 'x' }, content));
			}
		}
		device.deliverVolatile(element('presence', {}));
		await mallory.sendText(rig.phone, 'and on');
		await received('and on');
	});
});
