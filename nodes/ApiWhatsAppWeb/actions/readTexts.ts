import { ApiFailure } from '../transport';
import type { OperationCall } from './Operation';

/** Several texts: a list, or one text with separators between them. Without empty ones. */
export function readTexts(
	{ context, itemIndex }: OperationCall,
	field: string,
	separators: RegExp,
): string[] {
	const value: unknown = context.getNodeParameter(field, itemIndex, '');
	return [value]
		.flat(2)
		.flatMap((one) => toText(one, field).split(separators))
		.map((text) => text.trim())
		.filter((text) => text !== '');
}

function toText(value: unknown, field: string): string {
	if (typeof value === 'string' || typeof value === 'number') return String(value);
	if (value === null || value === undefined) return '';
	throw new ApiFailure(`the field “${field}” holds something that is no text`, {
		hint: 'Give a text with commas or a list of texts, not objects.',
	});
}
