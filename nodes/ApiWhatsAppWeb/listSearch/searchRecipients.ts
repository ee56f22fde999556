import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { listChats, listContacts } from '../actions/lists';
import { readAllPages } from './readAllPages';
import { searchWith } from './searchWith';
import { toGroupEntries } from './toGroupEntries';
import { toNamedEntry, toPersonEntry } from './toPersonEntry';
import { toResult } from './toResult';

/** Whom one can write to: chats first, the latest on top, then contacts and groups without a chat. */
export async function searchRecipients(
	this: ILoadOptionsFunctions,
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return await searchWith(this, 'listChats', async (api) => {
		const [chats, contacts, { groups }] = await Promise.all([
			readAllPages((page) => listChats(api, page), filter),
			readAllPages((page) => listContacts(api, page), filter),
			api.call('listGroups'),
		]);
		const entries = [
			...chats.map(({ number, name }) => toNamedEntry(number, name)),
			...contacts.map(toPersonEntry),
			...toGroupEntries(groups, filter),
		];
		return toResult(toUnique(entries), token);
	});
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
