import type { SealedFile } from '../sealed/SealedFile';

/** Larger ones are not searched: their pages are worth less than the time. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;
const PIECE_BYTES = 1024 * 1024;
/** So far from its name what is said of a list of pages may stand. */
const REACH = 16 * 1024;
/** Honest files have one list of pages for dozens of pages; others are made of nothing else. */
const MAX_LISTS = 1000;
const MAX_PAGES = 100_000;

const LIST = /\/Type\s{0,9}\/Pages(?![A-Za-z])/g;

/**
 * How many pages a PDF says it has: what the root of its list of pages says, the last one where the file was
 * changed. Null where that is compressed, damaged or not to be found quickly: phones then show no number.
 */
export async function countPdfPages(
	content: Pick<SealedFile, 'sizeBytes' | 'read'>,
	signal?: AbortSignal,
): Promise<number | null> {
	const { sizeBytes } = content;
	if (sizeBytes < 8 || sizeBytes > MAX_FILE_BYTES) return null;
	if ((await content.read({ start: 0, end: 4 })).toString('latin1') !== '%PDF-') return null;
	let pages: number | null = null;
	let lists = 0;
	for (let start = 0; start < sizeBytes; start += PIECE_BYTES) {
		signal?.throwIfAborted();
		const from = Math.max(0, start - REACH);
		const to = Math.min(sizeBytes, start + PIECE_BYTES + REACH);
		const text = (await content.read({ start: from, end: to - 1 })).toString('latin1');
		for (const { index } of text.matchAll(LIST)) {
			const isOfThisPiece = index >= start - from && index < start - from + PIECE_BYTES;
			if (!isOfThisPiece) continue;
			if (++lists > MAX_LISTS) return null;
			pages = readCount(text, index) ?? pages;
		}
	}
	return pages;
}

/** What a list says of all pages; undefined for one that is part of another. */
function readCount(text: string, at: number): number | undefined {
	const before = text.slice(Math.max(0, at - REACH), at);
	const after = text.slice(at, at + REACH);
	const begin = before.lastIndexOf(' obj');
	const end = after.indexOf('endobj');
	if (begin < 0 || end < 0) return undefined;
	const said = before.slice(begin) + after.slice(0, end);
	if (/\/Parent\b/.test(said)) return undefined;
	const count = Number(/\/Count\s{1,9}(\d{1,9})/.exec(said)?.[1] ?? NaN);
	return count >= 1 && count <= MAX_PAGES ? count : undefined;
}
