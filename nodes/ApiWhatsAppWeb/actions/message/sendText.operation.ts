import { toNumber } from '../../../../contract';
import { ApiFailure } from '../../transport';
import type { Operation } from '../Operation';
import { readMessage, readRecipient } from '../readInput';
import { toIdempotencyKey } from './toIdempotencyKey';

/** `POST /api/text` */
export const sendText: Operation = {
	name: 'Send Text',
	value: 'sendText',
	action: 'Send a text message',
	description: 'Send a text to a person or a group',
	attempt: 'send the text',
	properties: [
		{
			displayName: 'Number',
			name: 'number',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 5554991997181',
			description:
				'Phone number with country code, in any spelling. With a session runner also the ID of a group (…@g.us) or of a contact (…@lid), such as the number in a Received event.',
		},
		{
			displayName: 'Message',
			name: 'message',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. Hello, your order is ready',
			description:
				'The text, up to 65,536 characters. *Bold*, _italic_ and emoji work as in WhatsApp.',
		},
	],
	async execute(call) {
		const { api } = call;
		const recipient = readRecipient(call, 'number');
		const isHosted = api.connection.kind === 'hosted';
		if (isHosted && recipient.kind !== 'phone') throw toUndocumentedRecipient();
		const body = { number: toNumber(recipient.jid), message: readMessage(call, 'message') };
		const key = isHosted ? undefined : toIdempotencyKey(call, body);
		const answer = await api.call('sendText', {
			body,
			headers: key ? { 'Idempotency-Key': key } : {},
		});
		return { json: { ...answer } };
	},
};

function toUndocumentedRecipient(): ApiFailure {
	return new ApiFailure('the hosted service documents phone numbers only', {
		hint: 'Give a phone number, or choose a session runner in the credential to send to groups and contact IDs.',
	});
}
