import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import { askNumbers } from '../../../../runner/whatsapp/people/askNumbers';

interface User {
	asked: string;
	type?: string;
	jid?: string;
	lid?: string;
}

const toUser = ({ asked, type, jid, lid }: User): BinaryNode => ({
	tag: 'user',
	attrs: jid ? { jid } : {},
	content: [
		{ tag: 'contact', attrs: type ? { type } : {}, content: Buffer.from(`+${asked}`) },
		...(lid ? [{ tag: 'lid', attrs: { val: lid } }] : []),
	],
});

/** WhatsApp, answering with these; nothing for undefined. */
function askOf(users: User[] | undefined, phones: string[]) {
	const list = { tag: 'list', attrs: {}, content: users?.map(toUser) };
	const usync = { tag: 'usync', attrs: {}, content: [list] };
	const answer = users && { tag: 'iq', attrs: { type: 'result' }, content: [usync] };
	const query = (async () => answer) as WASocket['query'];
	return askNumbers({ query, generateMessageTag: () => '1' }, phones);
}

describe('asking WhatsApp for numbers', () => {
	test('gives who exists, under which JID and LID, and who does not', async () => {
		const users = [
			{ asked: '5554991997181', type: 'in', jid: '555491997181@s.whatsapp.net', lid: '7@lid' },
			{ asked: '15550009999', type: 'out', jid: '15550009999@s.whatsapp.net' },
		];
		expect(await askOf(users, ['5554991997181', '15550009999'])).toEqual([
			{ phone: '5554991997181', jid: '555491997181@s.whatsapp.net', exists: true, lid: '7@lid' },
			{ phone: '15550009999', jid: '15550009999@s.whatsapp.net', exists: false },
		]);
	});

	test('the order of the answer does not matter', async () => {
		const users = [
			{ asked: '2000000', type: 'out' },
			{ asked: '1000000', type: 'in', jid: '1000000@s.whatsapp.net' },
		];
		const answers = await askOf(users, ['1000000', '2000000']);
		expect(answers?.find(({ phone }) => phone === '1000000')?.exists).toBe(true);
		expect(answers?.find(({ phone }) => phone === '2000000')?.exists).toBe(false);
	});

	test('no answer is none', async () => {
		expect(await askOf(undefined, ['1000000'])).toBeUndefined();
	});

	test.each([
		['without a word', { asked: '1000000', jid: '1000000@s.whatsapp.net' }],
		['with another word', { asked: '1000000', type: 'invalid', jid: '1000000@s.whatsapp.net' }],
		['about another number', { asked: '3000000', type: 'out' }],
		['that it exists, but not where', { asked: '1000000', type: 'in' }],
	])('an answer %s says nothing', async (_what, user) => {
		expect(await askOf([user], ['1000000', '2000000'])).toEqual([]);
	});

	const failing = (code: number) =>
		askNumbers(
			{
				query: () => Promise.reject(Object.assign(new Error('refused'), { data: code })),
				generateMessageTag: () => '1',
			},
			['1000000'],
		);

	test('a refusal is no answer, a limit is one', async () => {
		expect(await failing(500)).toBeUndefined();
		await expect(failing(429)).rejects.toThrow('refused');
	});
});
