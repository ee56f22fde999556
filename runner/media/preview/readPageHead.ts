import { fetchMedia, type FetchOptions } from '../fetch/fetchMedia';
import { PageHead } from './PageHead';

/** Unpacked. What matters of a page stands at its beginning. */
const MAX_HEAD_BYTES = 512_000;
/** What says that it is longer is no page; how much of it is read has nothing to do with that. */
const MAX_PAGE_BYTES = 100_000_000;

/**
 * Reads a page until its head is over, and never further than 512 KB: what follows is left where it is.
 * Throws as fetchMedia does, and the signal's reason.
 */
export async function readPageHead(
	url: string,
	options: Omit<FetchOptions, 'maxBytes'>,
): Promise<PageHead> {
	const page = await fetchMedia(url, { ...options, maxBytes: MAX_PAGE_BYTES });
	try {
		const decoder = new TextDecoder(toCharset(page.mimetype));
		const head = new PageHead();
		if (!isPage(page.mimetype)) return head;
		let leftBytes = MAX_HEAD_BYTES;
		for await (const chunk of page.body as AsyncIterable<Buffer>) {
			head.push(decoder.decode(chunk.subarray(0, leftBytes), { stream: true }));
			leftBytes -= chunk.length;
			if (head.isComplete || leftBytes <= 0) break;
		}
		return head;
	} finally {
		page.close();
	}
}

/** A server that does not say what it sends may send a page. */
function isPage(contentType = ''): boolean {
	return contentType === '' || /\bx?html\b/i.test(contentType);
}

/** As the server says; an unknown one makes the decoder throw, and the text go without a preview. */
function toCharset(contentType = ''): string {
	return /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
}
