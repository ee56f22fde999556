import { hasFollowingMp3Frame } from './mp3Header.ts';

export type AudioFormat =
	'wav' | 'mp3' | 'aac' | 'flac' | 'mp4' | 'webm' | 'ogg-opus' | 'ogg-vorbis' | 'ogg-flac';

export interface SniffedAudio {
	format: AudioFormat;
	/** Where the sound begins, behind a tag. */
	start: number;
}

interface ReadableBytes {
	readAt(position: number, length: number): Buffer;
}

const HEAD_BYTES = 16 * 1024;

/** What a file is by its content; names and declared types lie. `undefined`: nothing we read. */
export function sniffAudio(file: ReadableBytes): SniffedAudio | undefined {
	const start = skipId3(file);
	const head = file.readAt(start, HEAD_BYTES);
	const format = toFramelessFormat(head);
	if (format) return { format, start };
	if (isAdts(head)) return { format: 'aac', start };
	for (let offset = 0; offset < head.length - 4; offset++) {
		if (hasFollowingMp3Frame(head, offset)) return { format: 'mp3', start: start + offset };
	}
	return undefined;
}

function toFramelessFormat(head: Buffer): AudioFormat | undefined {
	const magic = head.toString('latin1', 0, 4);
	if (/^(RIFF|RF64)$/.test(magic) && head.toString('latin1', 8, 12) === 'WAVE') return 'wav';
	if (magic === 'fLaC') return 'flac';
	if (magic === 'OggS') return toOggFormat(head);
	if (magic === '\x1aE\xdf\xa3') return 'webm';
	return head.toString('latin1', 4, 8) === 'ftyp' ? 'mp4' : undefined;
}

function toOggFormat(head: Buffer): AudioFormat | undefined {
	const segments = head[26] ?? 0;
	const packet = head.toString('latin1', 27 + segments, 35 + segments);
	if (packet === 'OpusHead') return 'ogg-opus';
	if (packet.startsWith('\x01vorbis')) return 'ogg-vorbis';
	return packet.startsWith('\x7fFLAC') ? 'ogg-flac' : undefined;
}

function isAdts(head: Buffer): boolean {
	if (head.length < 7 || (head.readUInt16BE(0) & 0xfff6) !== 0xfff0) return false;
	const next = ((head.readUInt32BE(2) >>> 5) & 0x1fff) >>> 0;
	return next >= 7 && (head.length < next + 2 || (head.readUInt16BE(next) & 0xfff6) === 0xfff0);
}

/** Tags may hold a picture of some megabytes in front of the sound, and there may be two of them. */
function skipId3(file: ReadableBytes): number {
	let start = 0;
	for (let tag = file.readAt(0, 10); tag.toString('latin1', 0, 3) === 'ID3';) {
		if (tag.length < 10) break;
		const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((tag[at] ?? 0) & 0x7f), 0);
		start += 10 + size;
		tag = file.readAt(start, 10);
	}
	return start;
}
