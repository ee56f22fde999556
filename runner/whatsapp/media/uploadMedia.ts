import { randomBytes } from 'node:crypto';
import type { WASocket } from '@whiskeysockets/baileys';
import type { SealedFile } from '../../media/sealed/SealedFile';
import type { SealedReader } from '../../media/sealed/SealedReader';
import type { WhatsAppProxy } from '../../proxy/WhatsAppProxy';
import { MediaCipher, type MediaDigests } from './MediaCipher';
import { MediaHostError } from './mediaErrors';
import type { MediaKind } from './MediaKind';
import { postMedia, type PostedMedia } from './postMedia';
import { readMediaConnection } from './readMediaConnection';
import { toMediaKeys, type MediaKeys } from './toMediaKeys';

export interface UploadOptions {
	file: Pick<SealedFile, 'open'>;
	kind: MediaKind;
	/** Ends the upload; its reason is thrown then. */
	signal?: AbortSignal;
	/** A host that does not move for this long has failed. */
	idleTimeoutMs?: number;
	proxy?: WhatsAppProxy | undefined;
}

/** The fields of an `imageMessage` or the like that speak of its file. */
export interface UploadedMedia extends MediaDigests, PostedMedia {
	mediaKey: Buffer;
	/** Unix seconds. */
	mediaKeyTimestamp: number;
}

const IDLE_TIMEOUT_MS = 60_000;

/**
 * Encrypts a file of the store for WhatsApp and uploads it. It is read and encrypted twice, because its
 * address holds the hash of what is sent: so the memory stays flat and no copy of it is on the disk.
 * Throws MediaTooLargeError, MediaHostError or DamagedFileError; errors of the disk come through as
 * they are.
 */
export async function uploadMedia(
	sock: Pick<WASocket, 'query'>,
	{ file, kind, signal, idleTimeoutMs = IDLE_TIMEOUT_MS, proxy }: UploadOptions,
): Promise<UploadedMedia> {
	signal?.throwIfAborted();
	const mediaKey = randomBytes(32);
	const keys = await toMediaKeys(mediaKey, kind);
	const reader = await file.open();
	try {
		const digests = await readDigests(reader, keys, signal);
		const posted = await postToAny(sock, {
			kind,
			fileEncSha256: digests.fileEncSha256,
			fileLength: digests.fileLength,
			encrypt: () => encryptAgain(reader, keys),
			signal,
			idleTimeoutMs,
			proxy,
		});
		const mediaKeyTimestamp = Math.floor(Date.now() / 1000);
		return { ...digests, ...posted, mediaKey, mediaKeyTimestamp };
	} catch (error) {
		signal?.throwIfAborted();
		throw error;
	} finally {
		await reader.close();
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
	reader: SealedReader,
	keys: MediaKeys,
	signal: AbortSignal | undefined,
): Promise<MediaDigests> {
	const cipher = new MediaCipher(keys);
	for await (const chunk of reader.chunks()) {
		signal?.throwIfAborted();
		cipher.update(chunk);
	}
	return cipher.finish().digests;
}

/** The same bytes as before: had the file been changed since, it would not open. */
async function* encryptAgain(reader: SealedReader, keys: MediaKeys): AsyncGenerator<Buffer> {
	const cipher = new MediaCipher(keys);
	for await (const chunk of reader.chunks()) yield cipher.update(chunk);
	yield cipher.finish().rest;
}
