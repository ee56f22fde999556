import type { proto } from '@whiskeysockets/baileys';
import type { ContactDraft } from '../../messages/Draft';
import type { PreparedMessage } from '../../messages/Outgoing';

/** Contact cards: one as it is, several as a list. */
export function toContactContent({
	contacts,
}: ContactDraft): Omit<PreparedMessage, 'content'> & { message: proto.IMessage } {
	const cards = contacts.map((contact) => ({
		displayName: contact.name,
		vcard: toVcard(contact),
	}));
	const [first, ...others] = cards;
	const displayName = contacts.map(({ name }) => name).join(', ');
	return {
		type: 'contact',
		text: displayName,
		details: {
			contacts: contacts.map(({ name, phone }, at) => ({
				name,
				phones: [phone],
				vcard: cards[at]?.vcard ?? '',
			})),
		},
		message:
			first && others.length === 0
				? { contactMessage: first }
				: { contactsArrayMessage: { displayName, contacts: cards } },
	};
}

/** RFC 2426, as WhatsApp's phones write it: `waid` makes the card offer a chat. */
function toVcard({ name, phone, organization }: ContactDraft['contacts'][number]): string {
	const lines = ['BEGIN:VCARD', 'VERSION:3.0', `N:;${escape(name)};;;`, `FN:${escape(name)}`];
	if (organization) lines.push(`ORG:${escape(organization)}`);
	lines.push(`TEL;type=CELL;waid=${phone}:+${phone}`, 'END:VCARD');
	return lines.join('\n');
}

function escape(text: string): string {
	return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
}
