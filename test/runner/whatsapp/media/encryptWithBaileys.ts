import { readFile, rm } from 'node:fs/promises';
import { encryptedStream } from '@whiskeysockets/baileys';
import {
	BAILEYS_KINDS,
	type MediaKind,
	type MediaPointer,
} from '../../../../runner/whatsapp/media/MediaKind';

/** A file as Baileys would upload it, and what its message would say. */
export async function encryptWithBaileys(
	content: Buffer,
	kind: MediaKind,
): Promise<{ file: Buffer; pointer: MediaPointer }> {
	const { encFilePath, mediaKey, fileSha256, fileEncSha256, fileLength } = await encryptedStream(
		content,
		BAILEYS_KINDS[kind],
	);
	const file = await readFile(encFilePath);
	await rm(encFilePath);
	const place = { directPath: '/v/t62.7118-24/file.enc?ccb=11-4&oe=1', url: null };
	return { file, pointer: { kind, mediaKey, fileSha256, fileEncSha256, fileLength, ...place } };
}
