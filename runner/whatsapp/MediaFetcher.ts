import { proto, type WASocket } from '@whiskeysockets/baileys';
import type { WhatsAppProxy } from '../proxy/WhatsAppProxy';
import type { JournalKey } from '../messages/JournalKey';
import { unwrapContent } from './incoming/unwrapContent';
import { downloadMedia, type DownloadedMedia } from './media/downloadMedia';
import { MediaGoneError } from './media/mediaErrors';
import type { MediaPointer } from './media/MediaKind';
import { readMediaConnection } from './media/readMediaConnection';
import { requestReupload } from './media/requestReupload';
import { toMediaPointer } from './media/toMediaPointer';

/** How long the phone may take to upload a file again. */
const REUPLOAD_TIMEOUT_MS = 30_000;

/** A message whose file is wanted; `content` is a serialised `proto.Message`. */
export interface FileMessage {
	key: JournalKey;
	content: Uint8Array;
}

export interface FetchOptions {
	/** Where the file goes, sealed. */
	path: string;
	maxBytes: number;
	/** For the transfer alone, without the phone's help. */
	timeoutMs: number;
	signal: AbortSignal;
}

/** Files of messages, from WhatsApp's hosts or, when they have none any more, from the phone. */
export class MediaFetcher {
	constructor(
		private readonly sock: WASocket,
		private readonly proxy: WhatsAppProxy | undefined,
	) {}

	/** Throws MediaGoneError, MediaDamagedError, MediaTooLargeError, MediaHostError. */
	async fetch({ key, content }: FileMessage, options: FetchOptions): Promise<DownloadedMedia> {
		const { content: message } = unwrapContent(proto.Message.decode(content));
		const pointer = toMediaPointer(message)?.pointer;
		if (!pointer) throw new MediaGoneError('The message does not say how its file is to be read.');
		try {
			return await this.download(pointer, options);
		} catch (error) {
			if (!(error instanceof MediaGoneError)) throw error;
			return await this.download({ ...pointer, ...(await this.askPhone(key, pointer)) }, options);
		}
	}

	private async download(pointer: MediaPointer, options: FetchOptions): Promise<DownloadedMedia> {
		const { hosts } = await readMediaConnection(this.sock);
		return await downloadMedia(pointer, { ...options, mediaHosts: hosts, proxy: this.proxy });
	}

	private async askPhone(
		{ messageId, chat, participant, isFromMe }: JournalKey,
		{ mediaKey }: MediaPointer,
	): Promise<{ directPath: string }> {
		const key = { id: messageId, remoteJid: chat, fromMe: isFromMe };
		return await requestReupload(
			this.sock,
			{ key: participant ? { ...key, participant } : key, mediaKey },
			{ timeoutMs: REUPLOAD_TIMEOUT_MS },
		);
	}
}
