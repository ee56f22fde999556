import { toNumber, toRecipient } from '../../../../contract';
import { toRefusal } from '../../transport';
import { numberField } from '../fields/numberField';
import type { Operation } from '../Operation';
import { readText } from '../readInput';

/** WhatsApp's server has to accept the request, and linking may have to be started first. */
const TIMEOUT_MS = 60_000;

/** `POST /api/instance/pairing-code` */
export const getPairingCode: Operation = {
	name: 'Get Pairing Code',
	value: 'getPairingCode',
	action: 'Link a phone by pairing code',
	description:
		'Get a code to type on the phone instead of scanning a QR code: WhatsApp → Linked devices → Link with phone number',
	route: 'pairingCode',
	attempt: 'get a pairing code',
	properties: [
		{ ...numberField, description: 'Number of the phone to be linked, with country code' },
	],
	async execute(call) {
		const recipient = toRecipient(readText(call, 'number'));
		if (recipient?.kind !== 'phone') throw toRefusal('invalid_number');
		const body = { number: toNumber(recipient.jid) };
		const { code } = await call.api.call('pairingCode', { body, timeoutMs: TIMEOUT_MS });
		return { json: { code } };
	},
};
