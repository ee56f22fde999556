import { Readable } from 'node:stream';
import type { MediaDraft } from '../messages/Draft';
import type { MediaParts } from '../RunnerParts';
import { assertKind } from './assertKind';
import { ANYBODY, type Turn } from '../limits/FairTurns';
import { countPdfPages } from './document/countPdfPages';
import { toSticker } from './image/toSticker';
import { toThumbnail } from './image/toThumbnail';
import { toWhatsAppImage } from './image/toWhatsAppImage';
import type { MediaFile } from './MediaFile';
import { readPlayback } from './seconds/readPlayback';
import { readMovingGif, toGifDraft } from './video/toGifDraft';
import { toVideoThumbnail } from './video/toVideoThumbnail';
import { toVoiceDraft } from './voice/toVoiceDraft';

/** What the caller decides about a file. */
export interface MediaDraftOptions {
	kind: MediaDraft['kind'];
	file: MediaFile;
	caption?: string;
	viewOnce?: boolean;
	gif?: boolean;
	/** Whose file it is: conversions of one instance do not keep another waiting. */
	turn?: Turn;
}

type Facts = Partial<Omit<MediaDraft, 'sha256' | 'sizeBytes' | 'mimetype' | 'fileName'>> & {
	file: MediaFile;
};

/**
 * Makes of a file of the store what a message of that kind needs: converted where WhatsApp wants another
 * format, with its thumbnail, size and duration. Throws `media_invalid`, `media_not_readable`, `rate_limited` or the signal's reason.
 */
export async function createMediaDraft(
	options: MediaDraftOptions,
	media: Pick<MediaParts, 'store' | 'findFfmpeg'>,
): Promise<MediaDraft> {
	const { kind, caption = '', viewOnce = false, gif = false } = options;
	// What can become a voice note is for the converter to say: it reads more than phones play.
	if (kind !== 'voice') assertKind(kind, options.file);
	const { file, ...facts } = await readFacts(options, media);
	const { sha256, sizeBytes, mimetype, fileName } = file;
	return {
		kind,
		sha256,
		sizeBytes,
		mimetype,
		fileName,
		caption,
		viewOnce,
		gif,
		animated: false,
		seconds: null,
		waveform: null,
		thumbnail: null,
		width: null,
		height: null,
		pages: null,
		...facts,
	};
}

async function readFacts(
	{ kind, file, turn = ANYBODY }: MediaDraftOptions,
	{ store, findFfmpeg }: Pick<MediaParts, 'store' | 'findFfmpeg'>,
): Promise<Facts> {
	switch (kind) {
		case 'image': {
			const moving = await readMovingGif(file, turn);
			if (moving) return await toGifDraft(file, { store, findFfmpeg, turn, ...moving });
			const image = await toWhatsAppImage(file, store, turn);
			const shown = await toThumbnail(image.content, { turn });
			return {
				file: image,
				...(shown && { thumbnail: shown.jpeg, width: shown.width, height: shown.height }),
			};
		}
		case 'sticker': {
			const { webp, isAnimated: animated } = await toSticker(file.content, { turn });
			const facts = { mimetype: 'image/webp', fileName: null };
			const sticker = await store.add(Readable.from([webp]), facts);
			return { file: sticker, width: 512, height: 512, animated };
		}
		case 'voice':
			return await toVoiceDraft(file, { store, ffmpegPath: await findFfmpeg(), turn });
		case 'audio':
			return { file, ...(await readPlayback(kind, file, { turn })) };
		case 'video': {
			const playback = await readPlayback(kind, file, { turn });
			const ffmpegPath = await findFfmpeg();
			return {
				file,
				...playback,
				thumbnail: await toVideoThumbnail(file.content, { ffmpegPath, turn }),
			};
		}
		case 'document':
			return { file, pages: await readPages(file, turn) };
	}
}

async function readPages(
	{ mimetype, content }: MediaFile,
	{ signal }: Turn,
): Promise<number | null> {
	return mimetype === 'application/pdf' ? await countPdfPages(content, signal) : null;
}
