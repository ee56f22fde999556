import { createDecoder, isOpusError } from 'libopus-wasm';
import { VOICE_RATE } from '../limits.ts';
import type { OpusStream } from './decoders/OpusStream.ts';
import { VoiceFile } from './VoiceFile.ts';
import type { ConvertedAudio, SoundBlock } from './VoiceThreadProtocol.ts';

interface DecodedPacket {
	packet: Uint8Array;
	samples: Float32Array;
}

/** Mono Opus stays as it is, in a container of ours; it is decoded for its length and waveform only. */
export async function passOpus(stream: OpusStream, output: string): Promise<ConvertedAudio> {
	const file = new VoiceFile(output, stream.preSkip);
	let samplesLeft = stream.preSkip;
	let total = 0;
	try {
		for await (const { packet, samples } of decodePackets(stream)) {
			file.addPacket(packet, samples.length);
			file.addHeard(samples.subarray(samplesLeft));
			samplesLeft = Math.max(0, samplesLeft - samples.length);
			total += samples.length;
		}
		const end = stream.totalSamples();
		return file.finish(
			Math.min(total, end !== undefined && end > 0 ? end : total) - stream.preSkip,
		);
	} finally {
		file.close();
	}
}

/** The sound of an Opus stream; libopus itself mixes stereo down. */
export async function* decodeOpus(stream: OpusStream): AsyncGenerator<SoundBlock> {
	let samplesLeft = stream.preSkip;
	for await (const { samples } of decodePackets(stream)) {
		yield { samples: samples.subarray(samplesLeft), sampleRate: VOICE_RATE };
		samplesLeft = Math.max(0, samplesLeft - samples.length);
	}
}

/** Leaves out packets that libopus refuses. */
async function* decodePackets(stream: OpusStream): AsyncGenerator<DecodedPacket> {
	const decoder = await createDecoder({ channels: 1, sampleRate: VOICE_RATE });
	for (const packet of stream.packets) {
		if (packet.length === 0) continue;
		try {
			yield { packet, samples: decoder.decodeFloat(packet) };
		} catch (error) {
			if (!isOpusError(error)) throw error;
		}
	}
	decoder.free();
}
