import openGraph from 'open-graph-scraper';
import type { AddressGuard } from '../../address';
import type { LinkPreview } from '../../messages/Draft';
import { fetchMedia, type FetchOptions } from '../fetch/fetchMedia';
import { toThumbnail } from '../image/toThumbnail';
import type { MediaStore } from '../MediaStore';
import { writeHashed } from '../writeHashed';
import { findFirstUrl } from './findFirstUrl';

/** A message should not wait longer for something that is only for show. */
const TIME_LIMIT_MS = 8_000;
const HOP_TIMEOUT_MS = 4_000;
/** What matters of a page stands at its beginning. */
const MAX_PAGE_BYTES = 2_000_000;
const MAX_IMAGE_BYTES = 5_000_000;
const MAX_TITLE_LENGTH = 300;
const MAX_DESCRIPTION_LENGTH = 1_000;

interface PreviewOptions {
	guard: AddressGuard;
	store: Pick<MediaStore, 'createTemporary'>;
}

/**
 * What the page behind the first link of a text says of itself. Undefined when there is no link, or its
 * page says nothing, or not in time: then the text goes without.
 */
export async function createLinkPreview(
	text: string,
	{ guard, store }: PreviewOptions,
): Promise<LinkPreview | undefined> {
	const url = findFirstUrl(text);
	if (url === undefined) return undefined;
	const signal = AbortSignal.timeout(TIME_LIMIT_MS);
	const options = { guard, timeoutMs: HOP_TIMEOUT_MS, signal };
	try {
		const html = await readPage(url, { ...options, maxBytes: MAX_PAGE_BYTES });
		const { result } = await openGraph({ html });
		const title = (result.ogTitle ?? result.twitterTitle)?.slice(0, MAX_TITLE_LENGTH);
		if (!title) return undefined;
		const image = result.ogImage?.[0]?.url ?? result.twitterImage?.[0]?.url;
		return {
			url,
			title,
			description: result.ogDescription?.slice(0, MAX_DESCRIPTION_LENGTH) ?? null,
			thumbnail: image
				? await readThumbnail(new URL(image, url).href, {
						store,
						options: { ...options, maxBytes: MAX_IMAGE_BYTES },
					})
				: null,
		};
	} catch {
		// A preview is for show: whatever keeps a page from being shown must not keep the text from leaving.
		return undefined;
	}
}

async function readPage(url: string, options: FetchOptions): Promise<string> {
	const page = await fetchMedia(url, options);
	try {
		const chunks: Buffer[] = [];
		for await (const chunk of page.body as AsyncIterable<Buffer>) chunks.push(chunk);
		return new TextDecoder(toCharset(page.mimetype)).decode(Buffer.concat(chunks));
	} finally {
		page.close();
	}
}

/** As the server says; an unknown one makes the decoder throw, and the text go without a preview. */
function toCharset(contentType = ''): string {
	return /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
}

/** JPEG; null when the image cannot be had. */
async function readThumbnail(
	url: string,
	{ store, options }: { store: PreviewOptions['store']; options: FetchOptions },
): Promise<Uint8Array | null> {
	const temporary = await store.createTemporary();
	try {
		const image = await fetchMedia(url, options);
		try {
			await writeHashed(image.body, temporary.path, { maxBytes: options.maxBytes });
		} finally {
			image.close();
		}
		return (await toThumbnail(temporary.path))?.jpeg ?? null;
	} catch {
		// The same: a preview without a picture is better than none.
		return null;
	} finally {
		await temporary.discard();
	}
}
