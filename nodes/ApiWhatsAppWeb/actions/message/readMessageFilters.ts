import type { IDataObject } from 'n8n-workflow';
import type { OperationCall } from '../Operation';
import { readText } from '../readInput';
import { readRecipient } from '../readRecipient';
import { readTime } from '../readTime';
import { withoutEmpty } from '../withoutEmpty';

/** The collection “Filters” as a query. */
export function readMessageFilters(call: OperationCall): IDataObject {
	return withoutEmpty({
		chat: readText(call, 'filters.chat') && readRecipient(call, 'filters.chat'),
		fromMe: readText(call, 'filters.fromMe'),
		type: readText(call, 'filters.type'),
		since: readTime(call, 'filters.since', 'Since'),
		until: readTime(call, 'filters.until', 'Until'),
	});
}
