import type { Recipient } from '../../../contract';
import { isEventName, MAX_TEXT_LENGTH, toRecipient } from '../../../contract';
import { ApiFailure, toRefusal } from '../transport';
import type { OperationCall } from './Operation';

/** Reads a text of the item; numbers that expressions give become text. */
export function readText({ context, itemIndex }: OperationCall, field: string): string {
	const value: unknown = context.getNodeParameter(field, itemIndex, '');
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (value === null || value === undefined) return '';
	throw new ApiFailure(`the field “${field}” holds no text`, {
		hint: 'Point the expression to a single text, such as {{ $json.text }}, not to an object or a list.',
	});
}

/** A text that WhatsApp can carry. */
export function readMessage(call: OperationCall, field: string): string {
	const text = readText(call, field);
	if (!text.trim()) throw toRefusal('empty_text');
	if (text.length > MAX_TEXT_LENGTH) throw toRefusal('text_too_long');
	return text;
}

/** A recipient in any form people write it. */
export function readRecipient(call: OperationCall, field: string): Recipient {
	const recipient = toRecipient(readText(call, field));
	if (!recipient) throw toRefusal('invalid_number');
	return recipient;
}

/** One of the five events; an expression can give anything. */
export function readEvent(call: OperationCall): string {
	const event = readText(call, 'event');
	if (!isEventName(event)) throw toRefusal('unknown_event');
	return event;
}
