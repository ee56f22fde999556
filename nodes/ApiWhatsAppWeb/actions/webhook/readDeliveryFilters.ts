import type { IDataObject } from 'n8n-workflow';
import type { OperationCall } from '../Operation';
import { readEvent, readText } from '../readInput';
import { readTime } from '../readTime';
import { withoutEmpty } from '../withoutEmpty';

/** The collection “Filters”, as the API takes it. */
export function readDeliveryFilters(call: OperationCall): IDataObject {
	return withoutEmpty({
		event: readText(call, 'filters.event') && readEvent(call, 'filters.event'),
		state: readText(call, 'filters.state'),
		since: readTime(call, 'filters.since', 'Since'),
		until: readTime(call, 'filters.until', 'Until'),
	});
}
