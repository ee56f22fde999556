import { isEventName, MAX_TEXT_LENGTH } from '../../../contract';
import { ApiFailure, toRefusal } from '../transport';
import type { OperationCall } from './Operation';

/**
 * Reads a text of the item; numbers that expressions give become text. Of a resource locator it is the
 * value, whatever the mode.
 */
export function readText({ context, itemIndex }: OperationCall, field: string): string {
	const value = toInner(context.getNodeParameter(field, itemIndex, ''));
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (value === null || value === undefined) return '';
	throw new ApiFailure(`the field “${field}” holds no text`, {
		hint: 'Point the expression to a single text, such as {{ $json.text }}, not to an object or a list.',
	});
}

/** n8n's own way of reading locators fails when an expression has chosen the operation. */
function toInner(value: unknown): unknown {
	const isLocator = typeof value === 'object' && value !== null && '__rl' in value;
	return isLocator ? (value as { value?: unknown }).value : value;
}

/** Reads a text without which the operation makes no sense; `label` is the field's as n8n shows it. */
export function readRequired(call: OperationCall, field: string, label: string): string {
	const text = readText(call, field).trim();
	if (text) return text;
	throw new ApiFailure(`the field “${label}” is empty`, {
		hint: 'Fill it in. If it holds an expression, look at what the expression gives for this item.',
	});
}

/** Reads a number of the item; expressions give texts as well. */
export function readNumber({ context, itemIndex }: OperationCall, field: string, label: string) {
	const value = context.getNodeParameter(field, itemIndex, 0);
	const number = typeof value === 'string' && value.trim() === '' ? NaN : Number(value);
	if (Number.isFinite(number)) return number;
	throw new ApiFailure(`the field “${label}” holds no number`, {
		hint: 'Give a number such as 4.5, with a point.',
	});
}

/** Reads a switch of the item. */
export function readFlag({ context, itemIndex }: OperationCall, field: string, fallback: boolean) {
	return isOn(context.getNodeParameter(field, itemIndex, fallback));
}

/** Expressions and AI agents give texts as well. */
export function isOn(value: unknown): boolean {
	return value === true || value === 'true';
}

/** A text that WhatsApp can carry. */
export function readMessage(call: OperationCall, field: string): string {
	const text = readText(call, field);
	if (!text.trim()) throw toRefusal('empty_text');
	if (text.length > MAX_TEXT_LENGTH) throw toRefusal('text_too_long');
	return text;
}

/** One of the five events; an expression can give anything. */
export function readEvent(call: OperationCall, field = 'event'): string {
	const event = readText(call, field);
	if (!isEventName(event)) throw toRefusal('unknown_event');
	return event;
}
