import { encryptWith, type MediaKind } from './mediaCrypto';

/**
 * What is done to an encrypted file: one byte changed, cut in half, emptied, or another content under the
 * same key, so that the authentication code is right and only the hashes are not (files of contacts only).
 */
export type Tampering = 'flipByte' | 'truncate' | 'empty' | 'otherContent';

/** The file as it is after that. */
export function tamperWith(
	{
		file,
		mediaKey,
		kind,
	}: { file: Buffer; mediaKey: Buffer | undefined; kind: MediaKind | undefined },
	how: Tampering,
): Buffer {
	switch (how) {
		case 'flipByte': {
			const changed = Buffer.from(file);
			const at = changed.length >> 2;
			changed[at] = (changed[at] ?? 0) ^ 0xff;
			return changed;
		}
		case 'truncate':
			return file.subarray(0, file.length >> 1);
		case 'empty':
			return Buffer.alloc(0);
		case 'otherContent':
			if (!mediaKey || !kind) throw new Error('The key of a file of a client is not known');
			return encryptWith(mediaKey, Buffer.from('another content'), kind);
	}
}
