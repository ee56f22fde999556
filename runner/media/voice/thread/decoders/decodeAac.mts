import { decoder } from '@audio/decode-aac';
import { toMono } from '../toMono.ts';
import type { SoundBlock } from '../VoiceThreadProtocol.ts';

type AacDecoder = Awaited<ReturnType<typeof decoder>>;

/** A third of a second at 44.1 kHz: what is lost where the decoder gives up on a piece. */
const GROUP_FRAMES = 16;

/** The sound of ADTS frames: AAC LC, and HE-AAC with what it adds. What is damaged is skipped. */
export async function* decodeAac(frames: Iterable<Buffer>): AsyncGenerator<SoundBlock> {
	const aac = await decoder();
	try {
		for (const group of toGroups(frames)) {
			const block = decodeGroup(aac, Buffer.concat(group));
			if (block) yield block;
		}
	} finally {
		aac.free();
	}
}

/** Undefined when there is no sound in it: the first frame only opens the next. */
function decodeGroup(aac: AacDecoder, bytes: Buffer): SoundBlock | undefined {
	try {
		const { channelData, sampleRate } = aac.decode(bytes);
		return channelData.length > 0 ? { samples: toMono(channelData), sampleRate } : undefined;
	} catch (error) {
		// After a trap the decoder's memory is not to be trusted any more.
		if (error instanceof Error && error.name === 'RuntimeError') throw error;
		return undefined;
	}
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
