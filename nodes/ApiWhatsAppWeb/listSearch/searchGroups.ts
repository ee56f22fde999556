import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { searchWith } from './searchWith';
import { toGroupEntries } from './toGroupEntries';
import { toResult } from './toResult';

/** The groups this account is in, for the field “Group”. */
export async function searchGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return await searchWith(this, 'listGroups', async (api) => {
		const { groups } = await api.call('listGroups');
		return toResult(toGroupEntries(groups, filter), token);
	});
}
