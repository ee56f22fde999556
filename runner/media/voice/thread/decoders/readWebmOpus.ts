import { UnreadableAudioError } from '../../UnreadableAudioError.ts';
import type { InputFile } from '../InputFile.ts';
import type { OpusStream } from './OpusStream.ts';
import { type EbmlElement, readEbml } from './readEbml.ts';

const TRACK_ENTRY = 0xae;
const TRACK_NUMBER = 0xd7;
const CODEC_ID = 0x86;
const CODEC_PRIVATE = 0x63a2;
const CLUSTER = 0x1f43b675;
const SIMPLE_BLOCK = 0xa3;
const BLOCK = 0xa1;
const LACING = 6;

interface Track {
	number: number;
	codec: string;
	head: Buffer;
}

/** The Opus packets of a WebM file, which is what browsers record. */
export function readWebmOpus(file: InputFile): OpusStream {
	const elements = readEbml(file);
	const track = readTracks(elements).find(({ codec }) => codec === 'A_OPUS');
	if (!track) throw new UnreadableAudioError('unknown_codec');
	return {
		channels: track.head[9] ?? 1,
		preSkip: track.head.length >= 12 ? track.head.readUInt16LE(10) : 0,
		packets: readPackets(elements, track.number),
		totalSamples: () => undefined,
	};
}

/** Ends at the first cluster: tracks are declared in front of the sound. */
function readTracks(elements: Iterator<EbmlElement>): Track[] {
	const tracks: Track[] = [];
	for (let next = elements.next(); !next.done; next = elements.next()) {
		const { id, read } = next.value;
		if (id === CLUSTER) break;
		if (id === TRACK_ENTRY) tracks.push({ number: 0, codec: '', head: Buffer.alloc(0) });
		const track = tracks.at(-1);
		if (!track) continue;
		if (id === TRACK_NUMBER) track.number = read().at(-1) ?? 0;
		if (id === CODEC_ID) track.codec = read().toString('latin1');
		if (id === CODEC_PRIVATE) track.head = read();
	}
	return tracks;
}

function* readPackets(elements: Iterable<EbmlElement>, number: number): Generator<Uint8Array> {
	for (const { id, read } of elements) {
		if (id !== SIMPLE_BLOCK && id !== BLOCK) continue;
		const block = read();
		// Track numbers beyond 127 take two bytes; nobody has so many tracks.
		if (block.length <= 4 || (block[0] ?? 0) !== (0x80 | number)) continue;
		if (((block[3] ?? 0) & LACING) !== 0) throw new UnreadableAudioError('unknown_codec');
		yield block.subarray(4);
	}
}
