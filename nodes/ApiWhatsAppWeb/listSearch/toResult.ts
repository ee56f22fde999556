import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

const PAGE_SIZE = 100;

/** One page of a list; the token is where the next one begins. */
export function toResult(entries: INodeListSearchItems[], token = '0'): INodeListSearchResult {
	const start = Number(token) || 0;
	const end = start + PAGE_SIZE;
	return {
		results: entries.slice(start, end),
		...(end < entries.length ? { paginationToken: String(end) } : {}),
	};
}
