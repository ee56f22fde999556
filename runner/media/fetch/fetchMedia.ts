import type { AxiosResponse } from 'axios';
import { Readable } from 'node:stream';
import { ApiError } from '../../ApiError';
import type { AddressGuard } from '../../address';
import { toTooLarge } from '../writeHashed';
import { decodeBody } from './decodeBody';
import { readFileName } from './readFileName';
import { requestFile } from './requestFile';
import { toRedirect } from './toRedirect';
import { withTimeLimits } from './withTimeLimits';

export interface FetchOptions {
	guard: AddressGuard;
	/** For the connection and the headers of each hop, and for each silence afterwards. */
	timeoutMs: number;
	/** Of the announced length. What really comes is counted by whoever reads the body. */
	maxBytes: number;
	/** Ends it at any point: before the headers, between two redirects or in the body. */
	signal?: AbortSignal;
}

/** A file on its way from a URL. `close` is called in any case. */
export interface FetchedMedia {
	body: Readable;
	fileName: string | null;
	mimetype?: string;
	close(): void;
}

const MAX_REDIRECTS = 3;

/** Slower than that on the average, it is given up: 16 KB a second. */
const MIN_BYTES_PER_MS = 16;

/**
 * Asks a URL for a file, following up to three redirects, each of them through the address guard.
 * Throws `media_address_refused`, `media_fetch_failed` or `media_too_large`, without the URL; the
 * body fails with the same.
 */
export async function fetchMedia(url: string, options: FetchOptions): Promise<FetchedMedia> {
	let current = url;
	for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
		const response = await requestFile(current, options);
		try {
			const next = toRedirect(current, response);
			if (next === undefined) return toFetched(current, response, options);
			current = next;
			response.data.destroy();
		} catch (error) {
			response.data.destroy();
			throw error;
		}
	}
	throw new ApiError('media_fetch_failed', 'The URL redirects more than three times.');
}

function toFetched(
	url: string,
	response: AxiosResponse<Readable>,
	{ timeoutMs, maxBytes, signal }: FetchOptions,
): FetchedMedia {
	const { status, headers, data } = response;
	if (status < 200 || status >= 300) {
		throw new ApiError('media_fetch_failed', `The server answered ${status}.`);
	}
	const lengthBytes = Number(headers['content-length'] ?? NaN);
	if (lengthBytes > maxBytes) throw toTooLarge(maxBytes);
	const decoded = decodeBody(data, headers['content-encoding']);
	const sizeBytes = decoded === data && lengthBytes >= 0 ? lengthBytes : maxBytes;
	const totalMs = timeoutMs + sizeBytes / MIN_BYTES_PER_MS;
	const limits = { idleMs: timeoutMs, totalMs, ...(signal && { signal }) };
	const type = String(headers['content-type'] ?? '');
	return {
		body: Readable.from(withTimeLimits(decoded, limits), { objectMode: false }),
		fileName: readFileName(url, headers['content-disposition']),
		...(type !== '' && { mimetype: type }),
		close() {
			data.destroy();
			decoded.destroy();
		},
	};
}
