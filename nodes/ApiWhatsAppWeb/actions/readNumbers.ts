import { ERRORS, toNumber, toRecipient } from '../../../contract';
import { ApiFailure } from '../transport';
import type { OperationCall } from './Operation';
import { readTexts } from './readTexts';

/** Several people: a text with commas between them, or a list that an expression gives. */
export function readNumbers(call: OperationCall, field: string, label: string): string[] {
	const texts = readTexts(call, field, /[,;\n]/);
	return [...new Set(texts.map((text) => toPersonNumber(text, label)))];
}

/** At least one, for what is about members of a group. */
export function readParticipants(call: OperationCall): string[] {
	const numbers = readNumbers(call, 'participants', 'Members');
	if (numbers.length > 0) return numbers;
	throw new ApiFailure('no member is given', {
		hint: 'Give at least one number under “Members”, with country code.',
	});
}

/** Digits of a phone, or the ID of a contact. Says in which field it stands: there are others for numbers. */
function toPersonNumber(text: string, label: string): string {
	const recipient = toRecipient(text);
	if (recipient && recipient.kind !== 'group') return toNumber(recipient.jid);
	throw new ApiFailure(ERRORS.invalid_number.error, {
		code: 'invalid_number',
		hint: `In “${label}” give numbers with country code, such as 5554991997181, separated by commas. Groups cannot stand there.`,
	});
}
