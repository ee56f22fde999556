import CodecParser, { type CodecFrame, type OggPage, type OpusHeader } from 'codec-parser';
import { UnreadableAudioError } from '../../UnreadableAudioError.ts';
import type { InputFile } from '../InputFile.ts';
import type { OpusStream } from './OpusStream.ts';

/** The packets of an Ogg/Opus file; damaged pages are skipped. */
export function readOggOpus(file: InputFile, start: number): OpusStream {
	const end: { granule?: number } = {};
	const frames = readFrames(file, start, end);
	const first = frames.next();
	if (first.done) throw new UnreadableAudioError('damaged');
	const { channels, preSkip } = first.value.header as OpusHeader;
	return {
		channels,
		preSkip,
		packets: toPackets(first.value, frames),
		totalSamples: () => end.granule,
	};
}

function* toPackets(first: CodecFrame, frames: Iterable<CodecFrame>): Generator<Uint8Array> {
	yield first.data;
	for (const frame of frames) yield frame.data;
}

function* readFrames(
	file: InputFile,
	start: number,
	end: { granule?: number },
): Generator<CodecFrame> {
	for (const page of readPages(file, start)) {
		yield* page.codecFrames;
		if (page.isLastPage) end.granule = Number(page.absoluteGranulePosition);
	}
}

function* readPages(file: InputFile, start: number): Generator<OggPage> {
	const parser = new CodecParser<OggPage>('audio/ogg');
	for (const chunk of file.chunks(start)) yield* toIterable(parser.parseChunk(chunk));
	yield* toIterable(parser.flush());
}

/** They are generators; the library's types say iterators only. */
function toIterable<T>(iterator: Iterator<T>): Iterable<T> {
	return iterator as unknown as Iterable<T>;
}
