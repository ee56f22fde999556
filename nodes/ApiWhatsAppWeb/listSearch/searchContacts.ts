import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { listContacts } from '../actions/lists';
import { readAllPages } from './readAllPages';
import { searchWith } from './searchWith';
import { toPersonEntry } from './toPersonEntry';
import { toResult } from './toResult';

/** The people this account knows, for the field “Contact”. */
export async function searchContacts(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return await searchWith(this, 'listContacts', async (api) => {
		const contacts = await readAllPages((page) => listContacts(api, page), filter);
		return toResult(contacts.map(toPersonEntry), token);
	});
}
