import { Readable } from 'node:stream';
import { parseBlob, parseStream, type IFormat } from 'music-metadata';
import { InputFile } from '../voice/thread/InputFile.ts';
import { InputBlob } from './InputBlob.ts';
import { readMovieFacts, type MovieFacts } from './readMovieFacts.ts';
import type { PlayableFormat, SecondsTask } from './SecondsThreadProtocol.ts';

/** The parts of these say how long they are: one that is cut off is known by that, and plays nowhere. */
const MADE_OF_PARTS = /^(video\/|audio\/mp4)/;

const OPTIONS = { duration: true, skipCovers: true };

/** What a file says of itself; nothing of formats that the library does not read, such as AMR. Throws DamagedFileError. */
export async function readFormat({ input, mimetype }: SecondsTask): Promise<PlayableFormat> {
	const file = new InputFile(input);
	try {
		const blob = new InputBlob(file) as unknown as Blob;
		const playable = toPlayable((await parseBlob(blob, OPTIONS)).format);
		return mimetype.startsWith('video/')
			? withMovieFacts(playable, readMovieFacts(file))
			: playable;
	} catch (error) {
		const { name } = error as Error;
		if (name === 'DamagedFileError') throw error;
		const isCutOff = name === 'UnexpectedFileContentError' && MADE_OF_PARTS.test(mimetype);
		if (isCutOff) return { isCutOff };
		const isUnmarked = name === 'CouldNotDetermineFileTypeError' && mimetype === 'audio/mpeg';
		return isUnmarked ? await readMpeg(file) : {};
	} finally {
		file.close();
	}
}

/** MP3 whose first frame is not where one would look for it, or that has none. */
async function readMpeg(file: InputFile): Promise<PlayableFormat> {
	const stream = Readable.from(file.chunks(), { objectMode: false });
	const { format } = await parseStream(stream, { mimeType: 'audio/mpeg' }, OPTIONS);
	return toPlayable(format);
}

function toPlayable({ duration, hasAudio, hasVideo }: IFormat): PlayableFormat {
	return { durationSeconds: duration, hasAudio, hasVideo };
}

/** The library tells no duration of videos without sound. */
function withMovieFacts(playable: PlayableFormat, facts: MovieFacts): PlayableFormat {
	const { durationSeconds = facts.durationSeconds } = playable;
	return { ...playable, ...facts, durationSeconds };
}
