import { createFile, MP4BoxBuffer, type ISOFile, type Movie } from 'mp4box';
import { UnreadableAudioError } from '../../UnreadableAudioError.ts';
import type { InputFile } from '../InputFile.ts';
import { type AacFormat, toAdtsFrame } from './adts.ts';
import { toAacFormat } from './toAacFormat.ts';

const CHUNK_BYTES = 256 * 1024;
const DECODER_CONFIG = 4;
const DECODER_SPECIFIC = 5;

/** The AAC frames of an MP4 or M4A file, or of a video's sound; fragmented files as well. */
export function* readMp4Frames(file: InputFile): Generator<Buffer> {
	const movie = createFile();
	const found: { info?: Movie } = {};
	movie.onReady = (info) => (found.info = info);
	readBoxes(movie, file);
	if (!found.info) throw new UnreadableAudioError('damaged');
	const track = found.info.audioTracks[0];
	if (!track) throw new UnreadableAudioError('empty');
	const format = findFormat(movie, track.id);
	if (!format) throw new UnreadableAudioError('unknown_codec');
	for (const { offset, size } of movie.getTrackSamplesInfo(track.id)) {
		yield toAdtsFrame(file.readAt(offset, size), format);
	}
}

/** The library tells where it wants to read on: it skips the sound itself, which is read later. */
function readBoxes(movie: ISOFile<unknown, unknown>, file: InputFile): void {
	for (let at = 0; at < file.sizeBytes;) {
		const bytes = Uint8Array.from(file.readAt(at, CHUNK_BYTES));
		const chunk = MP4BoxBuffer.fromArrayBuffer(bytes.buffer, at);
		const next = movie.appendBuffer(chunk, at + bytes.length >= file.sizeBytes);
		at = Math.max(at + 1, next ?? at + bytes.length);
	}
	movie.flush();
}

function findFormat(movie: ISOFile<unknown, unknown>, trackId: number): AacFormat | undefined {
	const [entry] = movie.getTrackById(trackId)?.mdia.minf.stbl.stsd.entries ?? [];
	const { esds } = (entry ?? {}) as { esds?: { esd?: Descriptor } };
	const config = esds?.esd?.findDescriptor(DECODER_CONFIG)?.findDescriptor(DECODER_SPECIFIC);
	return config?.data && toAacFormat(config.data);
}

interface Descriptor {
	data?: Uint8Array;
	findDescriptor(tag: number): Descriptor | null | undefined;
}
