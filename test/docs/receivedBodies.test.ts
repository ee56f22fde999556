import { MESSAGE_TYPES, type MessageType, type ReceivedBody } from '../../contract';
import { SessionRig } from '../runner/sessions/SessionRig';
import type { Contact, Phone } from '../simulator';
import { toContactCard, toEvent, toListReply, toLocation } from '../simulator/contents';
import { readDocument } from './readDocument';
import { toShape } from './toShape';

const SECTION = /^### By kind of message\n([^]*?)^### /m.exec(
	readDocument('docs/http-api.md'),
)![1]!;

const EXAMPLES = [...SECTION.matchAll(/^```json\n([^]*?)^```/gm)].map(
	([, json = '']) => JSON.parse(json) as Partial<ReceivedBody> & { type: MessageType },
);

test('every type of message stands in the table', () => {
	const named = [...SECTION.matchAll(/^\| (`.*?) +\|/gm)].flatMap(([, cell = '']) =>
		[...cell.matchAll(/`(\w+)`/g)].map(([, type]) => type),
	);
	expect(named.filter((name) => name !== 'type').sort()).toEqual([...MESSAGE_TYPES].sort());
});

describe('what a contact sends arrives in the shape that is shown', () => {
	const choices = ['Morning', 'Afternoon'];
	const file = Buffer.from('a file');
	let rig: SessionRig;
	let ann: Contact;
	let phone: Phone;
	beforeAll(async () => {
		rig = await SessionRig.create();
		({ phone } = rig);
		await rig.link();
		ann = rig.simulator.createContact({ number: '15550002222', name: 'Ann' });
	});
	afterAll(() => rig.remove());

	const receivePoll = async (): Promise<string> => {
		const { messageId } = await rig.sendDraft(ann.pn, {
			kind: 'poll',
			question: 'When?',
			options: choices,
			selectableCount: 1,
		});
		return (await ann.receive(({ id }) => id === messageId)).id;
	};

	const send: Partial<Record<MessageType, () => Promise<string>>> = {
		image: () => ann.sendMedia(phone, 'image', file, { caption: 'Is it this one?' }),
		location: () => ann.sendMessage(phone, toLocation({ latitude: 1, longitude: 2, name: 'Shop' })),
		contact: () => ann.sendMessage(phone, toContactCard({ name: 'Cleo', number: '15550003333' })),
		poll: () => ann.sendPoll(phone, 'When?', choices, 1),
		poll_vote: async () => ann.votePoll(phone, await receivePoll(), ['Morning']),
		reaction: async () => {
			await rig.send(ann.number, 'Nice?');
			return await ann.react(phone, await ann.receive(({ text }) => text === 'Nice?'), '👍');
		},
		list_reply: () => ann.sendMessage(phone, toListReply({ id: 'row-1', text: 'Morning' })),
		album: async () => (await ann.sendAlbum(phone, [{ kind: 'image', file }])).id,
		call: () => Promise.resolve(ann.call(phone).id),
		group_change: async () => {
			const cleo = rig.simulator.createContact({ number: '15550003333' });
			const participants = [ann, phone];
			const group = rig.simulator.createGroup({ subject: 'Team', participants });
			group.add(ann, cleo);
			const isOfGroup = ({ number, type }: ReceivedBody) =>
				type === 'group_change' && number === group.jid;
			return (await rig.until(() => rig.of('received').find(isOfGroup), 'the change')).messageId;
		},
		unknown: () => ann.sendMessage(phone, toEvent('Party')),
	};

	test.each(EXAMPLES)('$type', async (example) => {
		const id = await send[example.type]!();
		const body = await rig.until(
			() => rig.of('received').find(({ messageId }) => messageId === id),
			`the event of ${id}`,
		);
		const shown = Object.fromEntries(
			Object.keys(example).map((name) => [name, body[name as keyof ReceivedBody]]),
		);
		expect(shown.type).toBe(example.type);
		expect(toShape(shown)).toEqual(toShape(example));
	});
});
