import { OpusDecoder } from 'opus-decoder';
import type { SealedLocation } from '../../../../../runner/media/sealed/SealedFile';
import { unseal } from '../../support/sealed';
import { readOgg } from './readOgg';

export interface PlayedSound {
	/** What a player would play: at 48 kHz, cut as the file says. */
	samples: Float32Array;
	seconds: number;
}

/** Plays a voice note with another decoder and another reader than those of the runner. */
export async function playVoiceNote(note: SealedLocation): Promise<PlayedSound> {
	const pages = readOgg(await unseal(note));
	const [head, , ...packets] = pages.flatMap((page) => page.packets);
	const preSkip = head!.readUInt16LE(10);
	const decoder = new OpusDecoder({ channels: head!.readUInt8(9), preSkip });
	await decoder.ready;
	const decoded = decoder.decodeFrames(packets.map((packet) => Uint8Array.from(packet)));
	decoder.free();
	if (decoded.errors.length > 0) throw new Error(decoded.errors[0]!.message);
	const samples = decoded.channelData[0]!.slice(0, pages.at(-1)!.granule - preSkip);
	return { samples, seconds: samples.length / 48000 };
}

/** The loudest frequency from 50 to 2,000 Hz, to 5 Hz, in the middle of the sound. */
export function toLoudestHertz(samples: Float32Array): number {
	const middle = samples.subarray(samples.length * 0.25, samples.length * 0.75);
	const candidates = Array.from({ length: 391 }, (_, index) => 50 + index * 5);
	const powers = candidates.map((hertz) => toPower(middle, hertz));
	return candidates[powers.indexOf(Math.max(...powers))]!;
}

/** The loudness, as a share of full volume: 0.707 for the loudest tone. */
export function toLoudness(samples: Float32Array): number {
	return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

/** Goertzel's algorithm: the power of one frequency. */
function toPower(samples: Float32Array, hertz: number): number {
	const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / 48000);
	let last = 0;
	let beforeLast = 0;
	for (const sample of samples) {
		const next = sample + coefficient * last - beforeLast;
		beforeLast = last;
		last = next;
	}
	return last * last + beforeLast * beforeLast - coefficient * last * beforeLast;
}
