import type { INodePropertyMode } from 'n8n-workflow';

/** The way of a locator that lets one choose from what a list search of this name finds. */
export function toListMode(searchListMethod: string): INodePropertyMode {
	return {
		displayName: 'From List',
		name: 'list',
		type: 'list',
		typeOptions: { searchListMethod, searchable: true },
	};
}
