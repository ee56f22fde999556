import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { AudioDecoder } from 'audio-file-decoder';
import type { SoundBlock } from '../VoiceThreadProtocol.ts';
import { toAdtsRate } from './adts.ts';

/** Half a minute at 44.1 kHz: the decoder takes whole files, so it is given one of these at a time. */
const GROUP_FRAMES = 1300;
/** The decoder loses the first frame, and the second overlaps with it. */
const LEAD_FRAMES = 2;
const FRAME_SAMPLES = 1024;
/** Where no decoder gets through, even a shorter piece does not help. */
const MIN_FRAMES = 16;

/** ffmpeg's AAC decoder, compiled to WebAssembly; it takes the bytes of an ADTS file. */
type OpenAac = (bytes: ArrayBuffer) => AudioDecoder;

/** The sound of ADTS frames: AAC LC, and HE-AAC with what it adds. */
export async function* decodeAac(frames: Iterable<Buffer>): AsyncGenerator<SoundBlock> {
	let open: OpenAac | undefined;
	let lead: Buffer[] = [];
	for (const group of toGroups(frames)) {
		open ??= await loadDecoder(group);
		yield* decodeGroup(open, lead, group);
		lead = group.slice(-LEAD_FRAMES);
	}
}

/** A piece that cannot be decoded is halved, so that a damaged frame takes only its neighbours along. */
function* decodeGroup(open: OpenAac, lead: Buffer[], group: Buffer[]): Generator<SoundBlock> {
	try {
		yield decodeWhole(open, lead, group);
	} catch (error) {
		if (isTrap(error)) throw error;
		if (group.length < MIN_FRAMES) return;
		const half = group.slice(0, group.length / 2);
		yield* decodeGroup(open, lead, half);
		yield* decodeGroup(open, half.slice(-LEAD_FRAMES), group.slice(half.length));
	}
}

/** After a trap the decoder's memory is not to be trusted any more. */
function isTrap(error: unknown): boolean {
	return error instanceof Error && error.name === 'RuntimeError';
}

function decodeWhole(open: OpenAac, lead: Buffer[], group: Buffer[]): SoundBlock {
	const decoder = open(toArrayBuffer([...lead, ...group]));
	const samples = decoder.decodeAudioData();
	const sampleRate = decoder.sampleRate;
	const [first] = group;
	const scale = first ? Math.max(1, Math.round(sampleRate / toAdtsRate(first))) : 1;
	decoder.dispose();
	return { samples: samples.slice(-group.length * FRAME_SAMPLES * scale), sampleRate };
}

function* toGroups(frames: Iterable<Buffer>): Generator<Buffer[]> {
	let group: Buffer[] = [];
	for (const frame of frames) {
		group.push(frame);
		if (group.length < GROUP_FRAMES) continue;
		yield group;
		group = [];
	}
	if (group.length > 0) yield group;
}

/**
 * The package was made for browsers: its loader wants CommonJS's names, and fetches the WebAssembly
 * when there is a `fetch`. This thread has no other use for any of them.
 */
async function loadDecoder(probe: Buffer[]): Promise<OpenAac> {
	const require = createRequire(import.meta.url);
	const wasm = require.resolve('audio-file-decoder/decode-audio.wasm');
	Object.assign(globalThis, { require, __dirname: dirname(wasm), fetch: undefined });
	const { AudioDecoder, getAudioDecoder } = await import('audio-file-decoder');
	const first = await getAudioDecoder(wasm, toArrayBuffer(probe));
	const { _module: compiled } = first as unknown as { _module: unknown };
	return (bytes) => new AudioDecoder(compiled, bytes);
}

function toArrayBuffer(frames: Buffer[]): ArrayBuffer {
	return Uint8Array.from(Buffer.concat(frames)).buffer;
}
