import {
	getBinaryNodeChild,
	getBinaryNodeChildren,
	jidNormalizedUser,
	S_WHATSAPP_NET,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys';
import type { NumberAnswer } from '../../people/RecipientDirectory';
import { ask, readRefusal } from '../ask';

type NumberAsker = Pick<WASocket, 'query' | 'generateMessageTag'>;

const RATE_OVERLIMIT = 429;

/**
 * Asks WhatsApp which of these numbers (digits) it knows, and under which JID, all in one query.
 * Undefined when it does not answer; a number it says nothing clear about is left out. Baileys' own
 * function takes everything but a clear "in" for a number that does not exist. Rejects when WhatsApp
 * limits the questions (429).
 */
export async function askNumbers(
	sock: NumberAsker,
	phones: readonly string[],
): Promise<NumberAnswer[] | undefined> {
	try {
		const answer = await ask(sock, toQuery(phones, sock.generateMessageTag()));
		const list = getBinaryNodeChild(getBinaryNodeChild(answer, 'usync'), 'list');
		return getBinaryNodeChildren(list, 'user').flatMap((user) => readUser(user, phones));
	} catch (error) {
		if (readRefusal(error) === RATE_OVERLIMIT) throw error;
		return undefined;
	}
}

function toQuery(phones: readonly string[], sid: string): BinaryNode {
	const users = phones.map((phone) => ({
		tag: 'user',
		attrs: {},
		content: [{ tag: 'contact', attrs: {}, content: `+${phone}` }],
	}));
	const protocols = ['contact', 'lid'].map((tag) => ({ tag, attrs: {} }));
	return {
		tag: 'iq',
		attrs: { to: S_WHATSAPP_NET, type: 'get', xmlns: 'usync' },
		content: [
			{
				tag: 'usync',
				attrs: { context: 'interactive', mode: 'query', sid, last: 'true', index: '0' },
				content: [
					{ tag: 'query', attrs: {}, content: protocols },
					{ tag: 'list', attrs: {}, content: users },
				],
			},
		],
	};
}

function readUser(user: BinaryNode, phones: readonly string[]): NumberAnswer[] {
	const contact = getBinaryNodeChild(user, 'contact');
	const phone = toDigits(contact?.content) ?? (phones.length === 1 ? phones[0] : undefined);
	const type = contact?.attrs.type;
	if (phone === undefined || !phones.includes(phone) || (type !== 'in' && type !== 'out'))
		return [];
	const { jid } = user.attrs;
	if (type === 'out') return [{ phone, jid: jid ?? '', exists: false }];
	const lid = getBinaryNodeChild(user, 'lid')?.attrs.val;
	return jid ? [{ phone, jid: jidNormalizedUser(jid), exists: true, ...(lid ? { lid } : {}) }] : [];
}

/** The number as it was asked for, which the answer repeats. */
function toDigits(content: BinaryNode['content']): string | undefined {
	if (content === undefined || Array.isArray(content)) return undefined;
	return (
		Buffer.from(content as string)
			.toString()
			.replace(/\D/g, '') || undefined
	);
}
