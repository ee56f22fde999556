import {
	BoxParser,
	createFile,
	MP4BoxBuffer,
	type MultiBufferStream,
	type ISOFile,
	type Movie,
} from 'mp4box';
import { UnreadableAudioError } from '../../UnreadableAudioError.ts';
import type { InputFile } from '../InputFile.ts';
import { type AacFormat, toAdtsFrame } from './adts.ts';
import { toAacFormat } from './toAacFormat.ts';

const CHUNK_BYTES = 256 * 1024;
/** Six hours of sound. The library makes some 450 bytes of each, also of those that take no space in the file. */
const MAX_SAMPLES = 1_000_000;
const DECODER_CONFIG = 4;
const DECODER_SPECIFIC = 5;

/** Samples that the boxes of the present file claim to have. */
let claimedSamples = 0;

// Where the number stands, counted from the version: a few bytes of file can claim four billion.
for (const [box, countAt] of [
	[BoxParser.box.stsz, 8],
	[BoxParser.box.trun, 4],
] as const) {
	const { prototype } = box;
	const parse = prototype.parse;
	prototype.parse = function (stream: MultiBufferStream) {
		const start = stream.getPosition();
		stream.seek(start + countAt);
		claimedSamples += stream.readUint32();
		if (claimedSamples > MAX_SAMPLES) throw new UnreadableAudioError('damaged');
		stream.seek(start);
		parse.call(this, stream);
	};
}

/** The AAC frames of an MP4 or M4A file, or of a video's sound; fragmented files as well. */
export function* readMp4Frames(file: InputFile): Generator<Buffer> {
	claimedSamples = 0;
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
