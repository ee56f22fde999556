import { normalizeMessageContent, type proto } from '@whiskeysockets/baileys';
import { decryptMedia, encryptMedia, type MediaKind } from './mediaCrypto';

/** What a media message says about its file; goes into an `imageMessage` or the like as it is. */
export interface MediaReference {
	readonly url: string;
	readonly directPath: string;
	readonly mediaKey: Buffer;
	readonly fileSha256: Buffer;
	readonly fileEncSha256: Buffer;
	readonly fileLength: number;
}

/** Encrypted media files, in memory, by path. */
export class MediaStore {
	/** `127.0.0.1:PORT` of the https host; set when it listens. */
	host = '';
	/** HTTP status that every upload or download gets while it is set. */
	failWith: number | undefined;
	private readonly files = new Map<string, Buffer>();

	/** Encrypts and keeps a file, as a simulated phone does before it sends it. */
	upload(plaintext: Buffer, kind: MediaKind): MediaReference {
		const { file, ...keys } = encryptMedia(plaintext, kind);
		const directPath = this.add(file, keys.fileEncSha256.toString('base64url'));
		return { url: `https://${this.host}${directPath}`, directPath, ...keys };
	}

	/** Decrypts the file of a media message, as a simulated phone does. */
	download(message: proto.IMessage): Buffer {
		const content = normalizeMessageContent(message) ?? {};
		const found = KINDS.map((kind) => ({ kind, media: content[`${kind}Message`] })).find(
			({ media }) => media,
		);
		const { directPath, mediaKey } = found?.media ?? {};
		if (!found || !directPath || !mediaKey) throw new Error('The message carries no media file');
		const file = this.files.get(directPath);
		if (!file) throw new Error('The media file is not on the host: never uploaded, or expired');
		return decryptMedia(file, mediaKey, found.kind);
	}

	/** Keeps an encrypted file; returns its direct path. */
	add(file: Buffer, name: string): string {
		const directPath = `/v/${name}.enc`;
		this.files.set(directPath, file);
		return directPath;
	}

	/** An encrypted file, if it is there. */
	find(directPath: string): Buffer | undefined {
		return this.files.get(directPath);
	}

	/** Removes a file, as the host does after some time. */
	expire(directPath: string): void {
		this.files.delete(directPath);
	}
}

const KINDS: readonly MediaKind[] = ['image', 'video', 'audio', 'document', 'sticker'];
