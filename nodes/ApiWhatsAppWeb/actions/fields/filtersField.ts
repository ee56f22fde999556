import type { INodeProperties } from 'n8n-workflow';

/** The collection “Filters” of a list, sorted as n8n shows them. */
export function toFiltersField(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options,
	};
}

/** One end of a range of time; read by readTime.ts. */
export function toTimeFilter(displayName: 'Since' | 'Until', description: string): INodeProperties {
	return {
		displayName,
		name: displayName.toLowerCase(),
		type: 'dateTime',
		default: '',
		description: `${description}, in the time zone of the workflow`,
	};
}
