import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import { PARTICIPANT_ACTIONS } from '../../../../contract';
import { askAllGroups, askMetadata } from '../../../../runner/whatsapp/groups/askGroup';
import { GroupActions } from '../../../../runner/whatsapp/groups/GroupActions';
import { GroupCache } from '../../../../runner/whatsapp/groups/GroupCache';
import { FakeClock } from '../../webhooks/support/FakeClock';

const GROUP = '120363@g.us';
const ANN = '15550002222@s.whatsapp.net';
const JPEG = new Uint8Array([0xff, 0xd8]);

/** Actions over a WhatsApp that answers with what the test says; the rest is tested over the simulator. */
function createActions(answer: (iq: BinaryNode) => unknown) {
	const sock = { query: (async (iq: BinaryNode) => answer(iq)) as WASocket['query'] };
	const cache = new GroupCache({
		load: (jid) => askMetadata(sock, jid),
		loadAll: () => askAllGroups(sock),
		onAnswer: () => undefined,
		clock: new FakeClock(),
	});
	const identities = {
		phoneOfLid: () => null,
		lidOfPhone: () => null,
		own: { phone: '15550001111', lid: null },
	};
	const spell = (jid: string) => (jid === ANN ? '5215550002222@s.whatsapp.net' : jid);
	return new GroupActions({ sock, cache, identities, spell, noteNames: () => undefined });
}

const silent = () => createActions(() => undefined);
const refusing = (code: number) =>
	createActions(() => {
		throw Object.assign(new Error('refused'), { data: code });
	});

describe('changes of groups', () => {
	const everything: Array<[string, (actions: GroupActions) => Promise<unknown>]> = [
		['list', (actions) => actions.list()],
		['get', (actions) => actions.get(GROUP)],
		['create', (actions) => actions.create({ subject: 'Team', participants: [ANN] })],
		['subject', (actions) => actions.update(GROUP, { subject: 'New' })],
		['description', (actions) => actions.update(GROUP, { description: 'New' })],
		['announce', (actions) => actions.update(GROUP, { announce: true })],
		['locked', (actions) => actions.update(GROUP, { locked: false })],
		['picture', (actions) => actions.setImage(GROUP, JPEG)],
		...PARTICIPANT_ACTIONS.map((action): (typeof everything)[number] => [
			action,
			(actions) => actions.changeParticipants(GROUP, action, [ANN]),
		]),
		['invite', (actions) => actions.invite(GROUP)],
		['renewInvite', (actions) => actions.renewInvite(GROUP)],
		['join', (actions) => actions.join('ABCDEFGHIJKLMNOPQRSTUV')],
		['leave', (actions) => actions.leave(GROUP)],
	];

	test.each(everything)('%s: silence of WhatsApp is never success', async (_name, act) => {
		await expect(act(silent())).rejects.toMatchObject({ code: 'engine_down' });
	});

	test.each(everything)('%s: its limit is told as one', async (_name, act) => {
		await expect(act(refusing(429))).rejects.toMatchObject({ code: 'rate_limited' });
	});

	test.each(everything)('%s: its refusal has a remedy in plain words', async (_name, act) => {
		for (const code of [401, 403, 409]) {
			await expect(act(refusing(code))).rejects.toMatchObject({
				code: 'group_change_refused',
				hint: expect.stringMatching(/^[A-Z].{20,}\.$/),
			});
		}
	});

	test.each(everything)('%s: a group that is not there is not found', async (_name, act) => {
		await expect(act(refusing(404))).rejects.toMatchObject({ code: 'group_not_found' });
	});

	test('someone the answer does not name is not told as done', async () => {
		const answer = { tag: 'iq', attrs: {}, content: [{ tag: 'add', attrs: {}, content: [] }] };
		const actions = createActions(() => answer);
		expect(await actions.changeParticipants(GROUP, 'add', [ANN])).toEqual([
			{
				number: '15550002222',
				ok: false,
				code: 0,
				reason: 'WhatsApp did not say what became of this one.',
			},
		]);
	});

	test('members are named as the group names them', async () => {
		const asked: string[] = [];
		const member = { jid: '22@lid', phone_number: '5215550002222@s.whatsapp.net' };
		const group = {
			tag: 'group',
			attrs: { id: '120363', subject: 'Team' },
			content: [{ tag: 'participant', attrs: member }],
		};
		const actions = createActions(({ content }) => {
			const [child] = content as BinaryNode[];
			if (child?.tag === 'query') return { tag: 'iq', attrs: {}, content: [group] };
			const [participant] = child?.content as BinaryNode[];
			asked.push(participant?.attrs.jid ?? '');
			return { tag: 'iq', attrs: {}, content: [child] };
		});
		expect(await actions.changeParticipants(GROUP, 'promote', [ANN])).toMatchObject([
			{ number: '15550002222', ok: true },
		]);
		expect(asked).toEqual(['22@lid']);
	});

	test('people are named as WhatsApp spells them, and told as the caller wrote them', async () => {
		const asked: string[] = [];
		const actions = createActions(({ content }) => {
			const [add] = content as BinaryNode[];
			const [participant] = add?.content as BinaryNode[];
			asked.push(participant?.attrs.jid ?? '');
			return { tag: 'iq', attrs: {}, content: [add] };
		});
		expect(await actions.changeParticipants(GROUP, 'add', [ANN])).toMatchObject([
			{ number: '15550002222', ok: true },
		]);
		expect(asked).toEqual(['5215550002222@s.whatsapp.net']);
	});
});
