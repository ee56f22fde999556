import type { proto } from '@whiskeysockets/baileys';
import { findMedia } from './findMedia';
import { getFile } from './getFile';
import { encryptMedia, type MediaKind } from './mediaCrypto';
import { openMedia } from './openMedia';
import { tamperWith, type Tampering } from './tamperWith';

/** What a media message says about its file; goes into an `imageMessage` or the like as it is. */
export interface MediaReference {
	readonly url: string;
	readonly directPath: string;
	readonly mediaKey: Buffer;
	readonly fileSha256: Buffer;
	readonly fileEncSha256: Buffer;
	readonly fileLength: number;
}

/**
 * What goes wrong with a transfer: never answered, broken off halfway, or a piece of 16 KB at a time
 * with that pause between.
 */
export type Disturbance = 'hang' | 'cutOff' | { readonly pauseMs: number };

/** How to encrypt the file of one upload again, for tampering with it. */
interface Stored {
	readonly file: Buffer;
	readonly mediaKey: Buffer | undefined;
	readonly kind: MediaKind | undefined;
}

/** Encrypted media files, in memory, by path; and what is wrong with the host they lie on. */
export class MediaStore {
	/** `127.0.0.1:PORT` of the https host; set when it listens. */
	host = '';
	/** PEM of the certificate of that host. */
	ca = '';
	/** HTTP status that every upload or download gets while it is set. */
	failWith: number | undefined;
	/** HTTP status for files that are not there (any more); WhatsApp uses 404 and 410. */
	missingStatus: 404 | 410 = 410;
	/** What goes wrong with every upload. */
	uploadDisturbance: Disturbance | undefined;
	/** Uploads of clients that were begun. */
	uploads = 0;
	/** Downloads that were begun, refused ones included. */
	downloads = 0;
	private readonly files = new Map<string, Buffer>();
	/** What was uploaded, although it may have expired: phones keep their files. */
	private readonly originals = new Map<string, Stored>();
	private readonly disturbances = new Map<string | undefined, Disturbance>();
	private readonly downloadCounts = new Map<string, number>();

	/** Encrypts and keeps a file, as a simulated phone does before it sends it. */
	upload(plaintext: Buffer, kind: MediaKind): MediaReference {
		const { file, ...keys } = encryptMedia(plaintext, kind);
		const directPath = this.add(file, keys.fileEncSha256.toString('base64url'));
		this.originals.set(directPath, { file, mediaKey: keys.mediaKey, kind });
		return { url: `https://${this.host}${directPath}`, directPath, ...keys };
	}

	/** Decrypts the file of a media message, as a simulated phone does; checks hashes and authentication code. */
	download(message: proto.IMessage): Buffer {
		const media = findMedia(message);
		const file = this.files.get(media.directPath);
		if (!file) throw new Error('The media file is not on the host: never uploaded, or expired');
		return openMedia(file, media);
	}

	/** The same, but over https from the host, with what is wrong there. */
	async fetch(message: proto.IMessage): Promise<Buffer> {
		const media = findMedia(message);
		return openMedia(await getFile(`https://${this.host}${media.directPath}`, this.ca), media);
	}

	/** Keeps an encrypted file; returns its direct path. */
	add(file: Buffer, name: string): string {
		const directPath = `/v/${name}.enc`;
		this.files.set(directPath, file);
		this.originals.set(directPath, { file, mediaKey: undefined, kind: undefined });
		return directPath;
	}

	/** Puts a file that has expired back, under another path; undefined when there never was one. */
	reupload(directPath: string): string | undefined {
		const original = this.originals.get(directPath);
		if (!original) return undefined;
		const again = directPath.replace(/(\.again\d*)?\.enc$/, `.again${this.originals.size}.enc`);
		this.files.set(again, original.file);
		this.originals.set(again, original);
		return again;
	}

	/** Keeps a file that is not encrypted, as profile pictures are; returns its direct path. */
	publish(file: Buffer, name: string): string {
		const directPath = `/v/t61/${name}`;
		this.files.set(directPath, file);
		return directPath;
	}

	/** A file, if it is there. */
	find(directPath: string): Buffer | undefined {
		return this.files.get(directPath);
	}

	/** Removes a file, as the host does after some time. */
	expire(directPath: string): void {
		this.files.delete(directPath);
	}

	/** Puts something else in the place of a file; see `Tampering`. */
	tamper(directPath: string, how: Tampering): void {
		const original = this.originals.get(directPath);
		if (!original) throw new Error(`There is no media file at ${directPath}`);
		this.files.set(directPath, tamperWith(original, how));
	}

	/** Makes the downloads of one file, or of all, go wrong in that way; undefined ends that. */
	disturbDownloads(how: Disturbance | undefined, directPath?: string): void {
		if (how === undefined) this.disturbances.delete(directPath);
		else this.disturbances.set(directPath, how);
	}

	/** What goes wrong with the downloads of a file. */
	disturbanceOf(directPath: string): Disturbance | undefined {
		return this.disturbances.get(directPath) ?? this.disturbances.get(undefined);
	}

	/** Counts a download. */
	countDownload(directPath: string): void {
		this.downloads++;
		this.downloadCounts.set(directPath, this.downloadsOf(directPath) + 1);
	}

	/** How often the download of a file was begun. */
	downloadsOf(directPath: string): number {
		return this.downloadCounts.get(directPath) ?? 0;
	}
}
