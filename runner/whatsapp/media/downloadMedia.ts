import type { KeyObject } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { WhatsAppProxy } from '../../proxy/WhatsAppProxy';
import { callMediaHost, readBody } from './callMediaHost';
import { Deadline } from './Deadline';
import { MediaDecipher } from './MediaDecipher';
import {
	MediaDamagedError,
	MediaGoneError,
	MediaHostError,
	MediaTooLargeError,
} from './mediaErrors';
import type { MediaPointer } from './MediaKind';
import { toEncryptedLength, toMediaKeys, type MediaKeys } from './toMediaKeys';
import { toMediaAddresses } from './toMediaAddresses';
import { writeWhole } from './writeWhole';

export interface DownloadOptions {
	/** Where the file goes, sealed; what is there is replaced. Its folder exists. */
	path: string;
	/** Of the plain file. */
	maxBytes: number;
	/** For the whole transfer. */
	timeoutMs: number;
	/** Ends the transfer; its reason is thrown then. */
	signal?: AbortSignal;
	/** `host` or `host:port` of the connection's media hosts, see readMediaConnection; else WhatsApp's default. */
	mediaHosts?: readonly string[];
	proxy?: WhatsAppProxy | undefined;
}

export interface DownloadedMedia {
	/** Hex, of the plain file. */
	sha256: string;
	/** Of the plain file. */
	sizeBytes: number;
	/** What opens the file at `path`. */
	key: KeyObject;
}

/** What a file that has expired is answered with: its signed address, or the file itself, is over. */
const GONE_STATUSES = [403, 404, 410];

/**
 * Fetches, verifies and decrypts the file of a message, and seals it on its way to the disk. Nothing is at `path` before all of it is
 * verified, and nothing remains after a failure. Throws MediaGoneError, MediaDamagedError,
 * MediaTooLargeError, MediaHostError; errors of the disk come through as they are.
 */
export async function downloadMedia(
	pointer: MediaPointer,
	options: DownloadOptions,
): Promise<DownloadedMedia> {
	const { maxBytes, timeoutMs, signal, mediaHosts = [] } = options;
	if ((pointer.fileLength ?? 0) > maxBytes) throw tooLarge(maxBytes);
	const keys = await toMediaKeys(pointer.mediaKey, pointer.kind);
	const addresses = toMediaAddresses(pointer, mediaHosts);
	const deadline = new Deadline(timeoutMs, signal);
	try {
		return await fetchFromAny(addresses, { pointer, keys, options, signal: deadline.signal });
	} catch (error) {
		throw deadline.toError(error);
	} finally {
		deadline.release();
	}
}

interface Transfer {
	pointer: MediaPointer;
	keys: MediaKeys;
	options: DownloadOptions;
	signal: AbortSignal;
}

/** All hosts serve the same files: the next one is asked only when one does not work. */
async function fetchFromAny(addresses: readonly URL[], transfer: Transfer) {
	let failure: unknown;
	for (const address of addresses) {
		try {
			return await fetchFrom(address, transfer);
		} catch (error) {
			if (!(error instanceof MediaHostError) || transfer.signal.aborted) throw error;
			failure = error;
		}
	}
	throw failure;
}

async function fetchFrom(url: URL, transfer: Transfer): Promise<DownloadedMedia> {
	const { signal, options } = transfer;
	const response = await callMediaHost({
		url,
		method: 'GET',
		signal,
		idleTimeoutMs: options.timeoutMs,
		proxy: options.proxy,
	});
	try {
		checkStatus(response);
		checkLength(Number(response.headers['content-length'] ?? 0), transfer);
		return await writeWhole(options.path, (write) => decrypt(response, transfer, write));
	} finally {
		response.destroy();
	}
}

async function decrypt(
	response: IncomingMessage,
	{ pointer, keys, options: { maxBytes } }: Transfer,
	write: (chunk: Buffer) => Promise<void>,
): Promise<Omit<DownloadedMedia, 'key'>> {
	const decipher = new MediaDecipher(keys, pointer);
	const expected = pointer.fileLength === null ? Infinity : toEncryptedLength(pointer.fileLength);
	let received = 0;
	for await (const chunk of readBody(response)) {
		received += chunk.length;
		if (received > expected) throw new MediaDamagedError('The file is longer than announced.');
		if (received > toEncryptedLength(maxBytes)) throw tooLarge(maxBytes);
		await write(decipher.update(chunk));
	}
	const { rest, ...result } = decipher.finish();
	if (result.sizeBytes > maxBytes) throw tooLarge(maxBytes);
	await write(rest);
	return result;
}

function checkStatus({ statusCode = 0 }: IncomingMessage): void {
	if (statusCode === 200) return;
	const answered = `WhatsApp's media host answered ${statusCode}`;
	if (GONE_STATUSES.includes(statusCode)) {
		throw new MediaGoneError(`${answered}: the file has expired.`);
	}
	throw new MediaHostError(`${answered}.`);
}

/** Spares fetching what would be refused in the end. */
function checkLength(announced: number, { pointer, options }: Transfer): void {
	if (announced > toEncryptedLength(options.maxBytes)) {
		throw tooLarge(options.maxBytes);
	}
	if (pointer.fileLength === null || announced === 0) return;
	if (announced !== toEncryptedLength(pointer.fileLength)) {
		throw new MediaDamagedError('The length of the file is not as announced.');
	}
}

const tooLarge = (maxBytes: number): MediaTooLargeError =>
	new MediaTooLargeError(`The file is larger than ${maxBytes} bytes.`);
