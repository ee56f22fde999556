import type { AddressGuard } from '../../address';
import type { Turn } from '../../limits/FairTurns';
import type { LinkPreview } from '../../messages/Draft';
import { findFirstUrl } from './findFirstUrl';
import { readPageHead } from './readPageHead';
import { readThumbnail } from './readThumbnail';

/** A message should not wait longer for something that is only for show. */
const TIME_LIMIT_MS = 8_000;
const HOP_TIMEOUT_MS = 4_000;
const MAX_TITLE_LENGTH = 300;
const MAX_DESCRIPTION_LENGTH = 1_000;

interface PreviewOptions {
	guard: AddressGuard;
	/** Whose text it is. */
	turn?: Turn;
	/** For all of it: addresses, redirects, page and picture. */
	timeLimitMs?: number;
}

/**
 * What the page behind the first link of a text says of itself. Undefined when there is no link, or its
 * page says nothing, or not in time: then the text goes without.
 */
export async function createLinkPreview(
	text: string,
	{ guard, turn, timeLimitMs = TIME_LIMIT_MS }: PreviewOptions,
): Promise<LinkPreview | undefined> {
	const url = findFirstUrl(text);
	if (url === undefined) return undefined;
	const signals = [AbortSignal.timeout(timeLimitMs), ...(turn?.signal ? [turn.signal] : [])];
	const signal = AbortSignal.any(signals);
	const options = { guard, timeoutMs: HOP_TIMEOUT_MS, signal, owner: turn?.owner ?? '' };
	try {
		const { title, description, image } = await readPageHead(url, options);
		if (title === undefined) return undefined;
		const picture = image !== undefined && URL.parse(image, url);
		return {
			url,
			title: title.slice(0, MAX_TITLE_LENGTH),
			description: description?.slice(0, MAX_DESCRIPTION_LENGTH) ?? null,
			thumbnail: picture ? await readThumbnail(picture.href, options) : null,
		};
	} catch {
		// A preview is for show: whatever keeps a page from being shown must not keep the text from leaving.
		return undefined;
	}
}
