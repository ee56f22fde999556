import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { toNumber } from '../../../contract';
import { listChats, listContacts } from '../actions/lists';
import { readPages } from '../actions/readEntries';
import { searchWith } from './searchWith';
import { toGroupEntries } from './toGroupEntries';
import { toResult } from './toResult';

/** More than this many nobody scrolls through; the search box finds the others. */
const MAX_ENTRIES = 2000;

/** Whom one can write to: chats first, the latest on top, then contacts and groups without a chat. */
export async function searchRecipients(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	const search = filter?.trim() ? { search: filter.trim() } : {};
	return await searchWith(this, 'listChats', async (api) => {
		const [chats, contacts, { groups }] = await Promise.all([
			readPages((page) => listChats(api, { ...search, ...page }), MAX_ENTRIES),
			readPages((page) => listContacts(api, { ...search, ...page }), MAX_ENTRIES),
			api.call('listGroups'),
		]);
		const entries = [
			...chats.map(({ number, name }) => toEntry(number, name)),
			...contacts.map(({ id, name, pushName }) => toEntry(toNumber(id), name ?? pushName)),
			...toGroupEntries(groups, filter),
		];
		return toResult(toUnique(entries), token);
	});
}

/** People of the same name are told apart by their numbers; ids of groups say nothing to anybody. */
function toEntry(value: string, name: string | null): INodeListSearchItems {
	if (!name) return { name: value, value };
	return { name: value.includes('@') ? name : `${name} (${value})`, value };
}

/** A chat may have no name where the contact has one. */
function toUnique(entries: INodeListSearchItems[]): INodeListSearchItems[] {
	const byValue = new Map<unknown, INodeListSearchItems>();
	for (const entry of entries) {
		const known = byValue.get(entry.value);
		if (!known || known.name === known.value) byValue.set(entry.value, entry);
	}
	return [...byValue.values()];
}
