import type { ContactCard } from '../../../../contract';
import { recipientField } from '../fields/recipientField';
import { toOptionsField } from '../fields/sendOptions';
import type { Operation, OperationCall } from '../Operation';
import { ApiFailure } from '../../transport';
import { ERRORS, toNumber, toRecipient } from '../../../../contract';
import { readRecipient } from '../readRecipient';
import { readSendOptions } from '../readSendOptions';
import { contactsField } from './contactsField';
import { send } from './send';

/** `POST /api/contact` */
export const sendContact: Operation = {
	name: 'Send Contact',
	value: 'sendContact',
	action: 'Send contact cards',
	description: 'Send the names and numbers of people to a person or a group',
	route: 'sendContact',
	attempt: 'send the contact',
	properties: [recipientField, contactsField, toOptionsField()],
	async execute(call) {
		const contacts = readCards(call).map((card) => ({ ...card }));
		const body = { number: readRecipient(call), contacts, ...readSendOptions(call) };
		return await send(call, 'sendContact', { body });
	},
};

function readCards({ context, itemIndex }: OperationCall): ContactCard[] {
	const given = context.getNodeParameter('contacts.contact', itemIndex, []) as unknown;
	const cards = (Array.isArray(given) ? given : []) as Array<Partial<ContactCard>>;
	if (cards.length > 0) return cards.map(toCard);
	throw new ApiFailure('there is no contact to send', {
		hint: 'Add at least one under “Contacts”.',
	});
}

function toCard({ name, phone, organization }: Partial<ContactCard>): ContactCard {
	const recipient = toRecipient(typeof phone === 'number' ? phone : (phone ?? ''));
	if (recipient?.kind !== 'phone') throw toCardRefusal();
	const number = toNumber(recipient.jid);
	return {
		name: String(name ?? '').trim() || number,
		phone: number,
		...(organization ? { organization: String(organization) } : {}),
	};
}

/** It is not the number in “To”. */
function toCardRefusal(): ApiFailure {
	return new ApiFailure(ERRORS.invalid_number.error, {
		code: 'invalid_number',
		hint: 'In “Contacts” give each number with country code, such as 5554991997181.',
	});
}
