import type { Page, PageQuery } from '../actions/readEntries';
import { readPages } from '../actions/readEntries';

/** More than this many nobody scrolls through; the search box finds the others. */
const MAX_ENTRIES = 2000;

/** Every entry that matches the search box; the API searches. */
export async function readAllPages<Entry>(
	readPage: (query: PageQuery) => Promise<Page<Entry>>,
	filter = '',
): Promise<Entry[]> {
	const search = filter.trim() ? { search: filter.trim() } : {};
	return await readPages((page) => readPage({ ...search, ...page }), MAX_ENTRIES);
}
