import { randomBytes } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { WASocket } from '@whiskeysockets/baileys';
import { MediaCipher, type MediaDigests } from './MediaCipher';
import { MediaHostError } from './mediaErrors';
import type { MediaKind } from './MediaKind';
import { postMedia, type PostedMedia } from './postMedia';
import { readMediaConnection } from './readMediaConnection';
import { toMediaKeys, type MediaKeys } from './toMediaKeys';

export interface UploadOptions {
	path: string;
	kind: MediaKind;
	/** Ends the upload; its reason is thrown then. */
	signal?: AbortSignal;
	/** A host that does not move for this long has failed. */
	idleTimeoutMs?: number;
}

/** The fields of an `imageMessage` or the like that speak of its file. */
export interface UploadedMedia extends MediaDigests, PostedMedia {
	mediaKey: Buffer;
	/** Unix seconds. */
	mediaKeyTimestamp: number;
}

const IDLE_TIMEOUT_MS = 60_000;
const CHUNK_BYTES = 64 * 1024;

/**
 * Encrypts the file at `path` and uploads it to WhatsApp. It is read and encrypted twice, because its
 * address holds the hash of what is sent: so the memory stays flat and no copy of it is on the disk.
 * Throws MediaTooLargeError or MediaHostError; errors of the disk come through as they are.
 */
export async function uploadMedia(
	sock: Pick<WASocket, 'query'>,
	{ path, kind, signal, idleTimeoutMs = IDLE_TIMEOUT_MS }: UploadOptions,
): Promise<UploadedMedia> {
	signal?.throwIfAborted();
	const mediaKey = randomBytes(32);
	const keys = await toMediaKeys(mediaKey, kind);
	const file = await open(path);
	try {
		const digests = await readDigests(file, keys, signal);
		const posted = await postToAny(sock, {
			kind,
			fileEncSha256: digests.fileEncSha256,
			fileLength: digests.fileLength,
			encrypt: () => encryptAgain(file, keys, digests),
			signal,
			idleTimeoutMs,
		});
		const mediaKeyTimestamp = Math.floor(Date.now() / 1000);
		return { ...digests, ...posted, mediaKey, mediaKeyTimestamp };
	} catch (error) {
		signal?.throwIfAborted();
		throw error;
	} finally {
		await file.close();
	}
}

/** Every host in turn; then all once more with a fresh authorisation, which may have run out. */
async function postToAny(
	sock: Pick<WASocket, 'query'>,
	post: Omit<Parameters<typeof postMedia>[0], 'host' | 'auth'>,
): Promise<PostedMedia> {
	let failure: unknown;
	for (const isFresh of [false, true]) {
		const { hosts, auth } = await readMediaConnection(sock, { isFresh });
		for (const host of hosts) {
			try {
				return await postMedia({ ...post, host, auth });
			} catch (error) {
				if (!(error instanceof MediaHostError) || post.signal?.aborted) throw error;
				failure = error;
			}
		}
	}
	throw failure;
}

async function readDigests(
	file: FileHandle,
	keys: MediaKeys,
	signal: AbortSignal | undefined,
): Promise<MediaDigests> {
	const cipher = new MediaCipher(keys);
	for await (const chunk of readFile(file)) {
		signal?.throwIfAborted();
		cipher.update(chunk);
	}
	return cipher.finish().digests;
}

async function* encryptAgain(
	file: FileHandle,
	keys: MediaKeys,
	expected: MediaDigests,
): AsyncGenerator<Buffer> {
	const cipher = new MediaCipher(keys);
	for await (const chunk of readFile(file)) yield cipher.update(chunk);
	const { rest, digests } = cipher.finish();
	if (!digests.fileEncSha256.equals(expected.fileEncSha256)) {
		throw new Error('The file was changed while it was uploaded.');
	}
	yield rest;
}

/** Its pieces from the beginning; each is overwritten by the next one. */
async function* readFile(file: FileHandle): AsyncGenerator<Buffer> {
	const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
	for (let position = 0; ;) {
		const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, position);
		if (bytesRead === 0) return;
		position += bytesRead;
		yield buffer.subarray(0, bytesRead);
	}
}
