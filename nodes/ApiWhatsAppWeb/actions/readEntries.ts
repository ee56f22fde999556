import type { OperationCall, OutputItem } from './Operation';
import { readFlag, readNumber } from './readInput';

const PAGE_SIZE = 100;

/** Which entries of a list: the newest, or those before an entry. */
export interface PageQuery {
	limit: number;
	before?: string;
	/** Part of a name, of a number or of an id. */
	search?: string;
}

export interface Page<Entry> {
	entries: Entry[];
	/** What the next page comes before; null on the last. */
	next: string | null;
}

type ReadPage<Entry> = (query: PageQuery) => Promise<Page<Entry>>;

/** One item for each entry, up to the limit the user chose. */
export async function readEntries(
	call: OperationCall,
	readPage: ReadPage<object>,
): Promise<OutputItem[]> {
	const limit = readFlag(call, 'returnAll', false) ? Infinity : readNumber(call, 'limit', 'Limit');
	const entries = await readPages(readPage, limit);
	return entries.map((entry) => ({ json: { ...entry } }));
}

/** Reads page after page until there is no more, or enough. */
export async function readPages<Entry>(readPage: ReadPage<Entry>, limit: number): Promise<Entry[]> {
	const entries: Entry[] = [];
	let before: string | null | undefined;
	do {
		const missing = Math.min(PAGE_SIZE, limit - entries.length);
		const page = await readPage({ limit: missing, ...(before ? { before } : {}) });
		entries.push(...page.entries);
		before = page.next;
	} while (before !== null && entries.length < limit);
	return entries.slice(0, limit);
}
