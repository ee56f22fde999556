import { Readable } from 'node:stream';
import type { MediaDraft } from '../../messages/Draft';
import type { MediaParts } from '../../RunnerParts';
import type { Turn } from '../../limits/FairTurns';
import { toThumbnail } from '../image/toThumbnail';
import { withImage } from '../image/withImage';
import type { MediaFile } from '../MediaFile';
import { toGifVideo } from './toGifVideo';

interface FrameSize {
	width: number;
	height: number;
}

/** The size of a GIF that moves; undefined for other files, and for a GIF of one picture. */
export async function readMovingGif(file: MediaFile, turn: Turn): Promise<FrameSize | undefined> {
	if (file.mimetype !== 'image/gif') return undefined;
	const facts = await withImage(file.content, ({ image }) => image.metadata(), { turn });
	if (!facts || (facts.pages ?? 1) < 2) return undefined;
	return { width: facts.width, height: facts.height };
}

/** What a message needs that plays a GIF: the video in the store, with a picture of its beginning. */
export async function toGifDraft(
	file: MediaFile,
	{
		store,
		findFfmpeg,
		turn,
		...size
	}: Pick<MediaParts, 'store' | 'findFfmpeg'> & FrameSize & { turn: Turn },
): Promise<
	{ file: MediaFile } & Pick<
		MediaDraft,
		'kind' | 'gif' | 'thumbnail' | 'width' | 'height' | 'seconds'
	>
> {
	const { mp4, ...facts } = await toGifVideo(file.content, {
		ffmpegPath: await findFfmpeg(),
		turn,
		...size,
	});
	const shown = await toThumbnail(file.content, { turn });
	const fileName = file.fileName?.replace(/(\.[^.]*)?$/, '.mp4') ?? null;
	const video = await store.add(Readable.from([mp4]), { mimetype: 'video/mp4', fileName });
	return { kind: 'video', gif: true, file: video, thumbnail: shown?.jpeg ?? null, ...facts };
}
