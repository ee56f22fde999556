import { toNumber, toRecipient } from '../../../contract';
import { ApiFailure, toRefusal } from '../transport';
import type { OperationCall } from './Operation';
import { readText } from './readInput';

/** Whom it is for, in any form people write it: digits of a phone, else the JID. */
export function readRecipient(call: OperationCall, field = 'number'): string {
	const recipient = toRecipient(readText(call, field));
	if (!recipient) throw toRefusal('invalid_number');
	const isHosted = call.api.connection.kind === 'hosted';
	if (isHosted && recipient.kind !== 'phone') throw toUndocumentedRecipient();
	return toNumber(recipient.jid);
}

function toUndocumentedRecipient(): ApiFailure {
	return new ApiFailure('the hosted service documents phone numbers only', {
		hint: 'Give a phone number, or choose a session runner in the credential to send to groups and contact IDs.',
	});
}
