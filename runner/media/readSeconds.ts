import type { Readable } from 'node:stream';
import { parseBlob, parseStream, type IFormat } from 'music-metadata';
import { ApiError } from '../ApiError';
import { DamagedFileError } from './sealed/DamagedFileError';
import type { SealedFile } from './sealed/SealedFile';

/** A file, and what it is taken for. */
interface PlayableFile {
	content: Pick<SealedFile, 'toBlob' | 'createReadStream'>;
	mimetype: string;
}

/** The parts of these say how long they are: one that is cut off is known by that, and plays nowhere. */
const MADE_OF_PARTS = /^(video\/|audio\/mp4)/;

/**
 * How long it plays; null when its format does not tell: without it phones only show no time. Throws
 * `media_invalid` for a file that is cut off, and for one that holds nothing of its kind.
 */
export async function readSeconds(
	kind: 'audio' | 'video',
	file: PlayableFile,
): Promise<number | null> {
	const format = await readFormat(file);
	if (!format) return null;
	assertHolds(kind, format);
	return format.duration === undefined ? null : Math.round(format.duration);
}

/** Undefined for formats that the library does not read, such as AMR. */
async function readFormat({ content, mimetype }: PlayableFile): Promise<IFormat | undefined> {
	try {
		return (await parseBlob(content.toBlob() as Blob, { duration: true })).format;
	} catch (error) {
		if (error instanceof DamagedFileError) throw error;
		const { name } = error as Error;
		if (name === 'UnexpectedFileContentError' && MADE_OF_PARTS.test(mimetype)) {
			throw new ApiError('media_invalid', 'The file is damaged or cut off: export it again.');
		}
		const isUnmarked = name === 'CouldNotDetermineFileTypeError' && mimetype === 'audio/mpeg';
		return isUnmarked ? await readMpeg(content.createReadStream()) : undefined;
	}
}

/** MP3 whose first frame is not where one would look for it, or that has none. */
async function readMpeg(stream: Readable): Promise<IFormat> {
	try {
		return (await parseStream(stream, { mimeType: 'audio/mpeg' }, { duration: true })).format;
	} finally {
		stream.destroy();
	}
}

function assertHolds(kind: 'audio' | 'video', { hasAudio, hasVideo }: IFormat): void {
	if (kind === 'audio' && hasAudio === false) {
		throw new ApiError('media_invalid', 'The file holds no sound, only what is said about it.');
	}
	if (kind === 'video' && hasVideo === false) {
		throw new ApiError('media_invalid', 'The file holds no picture; send it with /api/audio.');
	}
}
