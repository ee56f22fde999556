import { createHash } from 'node:crypto';
import { addAbortSignal, type Readable } from 'node:stream';
import { ApiError } from '../ApiError';
import { onDisk } from './onDisk';
import { SealedWriter, type Sealed } from './sealed/SealedWriter';

/** A file that was written sealed: what its plain bytes are, and what opens it. */
export interface Written extends Sealed {
	/** Hex, of the plain file. */
	sha256: string;
}

/**
 * Writes a stream to a sealed file, as fast as the disk takes it, and never more than `maxBytes`. The
 * stream is destroyed when it does not get to its end. Throws `media_too_large`, `storage_unavailable`,
 * or what the stream failed with.
 */
export async function writeHashed(
	source: Readable,
	path: string,
	{ maxBytes, signal }: { maxBytes: number; signal?: AbortSignal },
): Promise<Written> {
	if (signal) addAbortSignal(signal, source);
	const hash = createHash('sha256');
	let sizeBytes = 0;
	const file = await onDisk(() => SealedWriter.create(path));
	try {
		for await (const chunk of source) {
			const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array);
			sizeBytes += bytes.length;
			if (sizeBytes > maxBytes) throw toTooLarge(maxBytes);
			hash.update(bytes);
			await onDisk(() => file.write(bytes));
		}
		return { sha256: hash.digest('hex'), ...(await onDisk(() => file.finish())) };
	} finally {
		await file.close();
	}
}

/** `media_too_large`, with the limit in its hint. */
export function toTooLarge(maxBytes: number): ApiError {
	const maxMb = Math.floor(maxBytes / 1_048_576);
	const limit = maxMb > 0 ? `${maxMb} MB` : `${maxBytes} bytes`;
	return new ApiError(
		'media_too_large',
		`A file may have ${limit} here; the operator of the session runner sets that with AWW_MEDIA_MAX_MB.`,
	);
}
