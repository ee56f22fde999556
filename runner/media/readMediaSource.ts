import { Readable } from 'node:stream';
import { ApiError } from '../ApiError';
import type { AddressGuard } from '../address';
import { decodeBase64, toMaxDecodedBytes } from './decodeBase64';
import { fetchMedia } from './fetch/fetchMedia';
import type { MediaFile } from './MediaFile';
import type { MediaStore } from './MediaStore';
import { toTooLarge } from './writeHashed';

/** Where a file comes from. What a source says of itself counts less than what the caller says. */
export type MediaSource =
	| { kind: 'url'; url: string }
	| { kind: 'base64'; data: string; fileName?: string; mimetype?: string }
	| { kind: 'stream'; stream: Readable; fileName?: string | null; mimetype?: string };

const HINT =
	'Give an https:// URL, a data URI such as data:image/png;base64,…, or the file as base64 text.';

/** Below that, text without base64's padding is taken for a mistake, such as a path of a file. */
const MIN_UNPADDED_CHARACTERS = 64;

/** "https://…", "data:…;base64,…" or bare base64. Throws `media_invalid` with the remedy for all else. */
export function toMediaSource(text: string): MediaSource {
	// A copy of 100 MB would be made for the sake of two spaces.
	const trimmed = /\s/.test(text.charAt(0) + text.charAt(text.length - 1)) ? text.trim() : text;
	if (/^https?:\/\//i.test(trimmed)) return { kind: 'url', url: trimmed };
	if (/^data:/i.test(trimmed)) return fromDataUri(trimmed);
	if (isLikelyBase64(trimmed)) return { kind: 'base64', data: trimmed };
	throw new ApiError('media_invalid', HINT);
}

function fromDataUri(text: string): MediaSource {
	const [head, mimetype, parameters = ''] =
		/^data:([\w.+-]+\/[\w.+-]+)?((?:;[^,;]*)*),/i.exec(text.slice(0, 1024)) ?? [];
	if (head === undefined || !/;base64$/i.test(parameters)) {
		throw new ApiError(
			'media_invalid',
			'A data URI has a type, the word base64 and a comma before its data: data:image/png;base64,…',
		);
	}
	const name = /;(?:file)?name=([^;]*)/i.exec(parameters)?.[1];
	return {
		kind: 'base64',
		data: text.slice(head.length),
		...(mimetype !== undefined && { mimetype }),
		...(name !== undefined && { fileName: toPlainText(name) }),
	};
}

function toPlainText(percentEncoded: string): string {
	try {
		return decodeURIComponent(percentEncoded);
	} catch {
		return percentEncoded;
	}
}

/** The beginning is enough: the rest is checked while it is decoded. */
function isLikelyBase64(text: string): boolean {
	if (text === '' || !/^[\w+/=\s-]+$/.test(text.slice(0, 1024))) return false;
	return text.length % 4 === 0 || text.length >= MIN_UNPADDED_CHARACTERS;
}

/** Takes files into the store, wherever they come from. */
export class MediaReader {
	constructor(
		private readonly options: { store: MediaStore; guard: AddressGuard; timeoutMs: number },
	) {}

	/**
	 * Reads a source to its end. Throws `media_invalid`, `media_too_large`, `media_fetch_failed`,
	 * `media_address_refused` or `storage_unavailable`; nothing is left on the disk then.
	 */
	async read(
		source: MediaSource,
		facts: { fileName?: string; mimetype?: string; signal?: AbortSignal },
	): Promise<MediaFile> {
		switch (source.kind) {
			case 'url':
				return this.readUrl(source.url, facts);
			case 'base64':
				return this.readBase64(source, facts);
			case 'stream':
				return this.options.store.add(source.stream, toFacts(source, facts));
		}
	}

	private async readUrl(
		url: string,
		facts: { fileName?: string; mimetype?: string; signal?: AbortSignal },
	): Promise<MediaFile> {
		const { store, guard, timeoutMs } = this.options;
		const { signal } = facts;
		const fetched = await fetchMedia(url, {
			guard,
			timeoutMs,
			maxBytes: store.maxFileBytes,
			...(signal && { signal }),
		});
		try {
			return await store.add(fetched.body, toFacts(fetched, facts));
		} finally {
			fetched.close();
		}
	}

	private async readBase64(
		source: { data: string; fileName?: string; mimetype?: string },
		facts: { fileName?: string; mimetype?: string; signal?: AbortSignal },
	): Promise<MediaFile> {
		const { store } = this.options;
		// Line breaks are a few per cent at most; the exact count follows while it is written.
		if (toMaxDecodedBytes(source.data) > store.maxFileBytes * 1.1) {
			throw toTooLarge(store.maxFileBytes);
		}
		const stream = Readable.from(decodeBase64(source.data), { objectMode: false });
		return store.add(stream, toFacts(source, facts));
	}
}

function toFacts(
	source: { fileName?: string | null; mimetype?: string },
	facts: { fileName?: string; mimetype?: string; signal?: AbortSignal },
): { mimetype?: string; fileName: string | null; signal?: AbortSignal } {
	const mimetype = facts.mimetype ?? source.mimetype;
	return {
		fileName: facts.fileName ?? source.fileName ?? null,
		...(mimetype !== undefined && { mimetype }),
		...(facts.signal && { signal: facts.signal }),
	};
}
