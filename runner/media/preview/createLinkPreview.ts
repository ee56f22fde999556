import openGraph from 'open-graph-scraper';
import type { AddressGuard } from '../../address';
import type { LinkPreview } from '../../messages/Draft';
import { fetchMedia, type FetchOptions } from '../fetch/fetchMedia';
import { toThumbnail } from '../image/toThumbnail';
import { toTooLarge } from '../writeHashed';
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
}

/**
 * What the page behind the first link of a text says of itself. Undefined when there is no link, or its
 * page says nothing, or not in time: then the text goes without.
 */
export async function createLinkPreview(
	text: string,
	{ guard }: PreviewOptions,
): Promise<LinkPreview | undefined> {
	const url = findFirstUrl(text);
	if (url === undefined) return undefined;
	const signal = AbortSignal.timeout(TIME_LIMIT_MS);
	const options = { guard, timeoutMs: HOP_TIMEOUT_MS, signal };
	try {
		const page = await readWhole(url, { ...options, maxBytes: MAX_PAGE_BYTES });
		const html = new TextDecoder(toCharset(page.mimetype)).decode(page.bytes);
		const { result } = await openGraph({ html });
		const title = (result.ogTitle ?? result.twitterTitle)?.slice(0, MAX_TITLE_LENGTH);
		if (!title) return undefined;
		const image = result.ogImage?.[0]?.url ?? result.twitterImage?.[0]?.url;
		return {
			url,
			title,
			description: result.ogDescription?.slice(0, MAX_DESCRIPTION_LENGTH) ?? null,
			thumbnail: image
				? await readThumbnail(new URL(image, url).href, { ...options, maxBytes: MAX_IMAGE_BYTES })
				: null,
		};
	} catch {
		// A preview is for show: whatever keeps a page from being shown must not keep the text from leaving.
		return undefined;
	}
}

/** In memory: neither a page nor its picture is kept, or large. */
async function readWhole(
	url: string,
	options: FetchOptions,
): Promise<{ bytes: Buffer; mimetype?: string }> {
	const fetched = await fetchMedia(url, options);
	try {
		const chunks: Buffer[] = [];
		let sizeBytes = 0;
		for await (const chunk of fetched.body as AsyncIterable<Buffer>) {
			sizeBytes += chunk.length;
			if (sizeBytes > options.maxBytes) throw toTooLarge(options.maxBytes);
			chunks.push(chunk);
		}
		const { mimetype } = fetched;
		return { bytes: Buffer.concat(chunks), ...(mimetype !== undefined && { mimetype }) };
	} finally {
		fetched.close();
	}
}

/** As the server says; an unknown one makes the decoder throw, and the text go without a preview. */
function toCharset(contentType = ''): string {
	return /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
}

/** JPEG; null when the image cannot be had. */
async function readThumbnail(url: string, options: FetchOptions): Promise<Uint8Array | null> {
	try {
		const { bytes } = await readWhole(url, options);
		return (await toThumbnail({ read: async () => bytes }))?.jpeg ?? null;
	} catch {
		// The same: a preview without a picture is better than none.
		return null;
	}
}
