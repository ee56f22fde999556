import { createHash, randomInt } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { ChunkSealer } from '../../sealed/ChunkSealer.ts';
import { MAX_SECONDS, VOICE_RATE } from '../limits.ts';
import { UnreadableAudioError } from '../UnreadableAudioError.ts';
import { OggOpusWriter } from './OggOpusWriter.ts';
import type { ConvertedAudio } from './VoiceThreadProtocol.ts';
import { WaveformMeter } from './WaveformMeter.ts';

const MAX_SERIAL = 2 ** 32 - 1;

/** The voice note being written, sealed: packets go to the file, what is heard goes into the waveform. */
export class VoiceFile {
	private readonly descriptor: number;
	private readonly sealer = new ChunkSealer();
	private readonly hash = createHash('sha256');
	private readonly ogg: OggOpusWriter;
	private readonly meter = new WaveformMeter();
	private readonly preSkip: number;
	private readonly maxSamples: number;
	private heardSamples = 0;

	constructor(path: string, preSkip: number, maxSeconds = MAX_SECONDS) {
		this.descriptor = openSync(path, 'w', 0o600);
		this.preSkip = preSkip;
		this.maxSamples = maxSeconds * VOICE_RATE;
		this.ogg = new OggOpusWriter({
			write: (page) => this.write(page),
			serial: randomInt(MAX_SERIAL),
			preSkip,
		});
	}

	addPacket(packet: Uint8Array, samples: number): void {
		this.ogg.add(packet, samples);
	}

	/** Sound at 48 kHz, as it will be heard. */
	addHeard(samples: Float32Array): void {
		this.heardSamples += samples.length;
		if (this.heardSamples > this.maxSamples) throw new UnreadableAudioError('too_long');
		this.meter.add(samples);
	}

	/** `heardSamples` where the source knows its end better than its packets tell. */
	finish(heardSamples = this.heardSamples): ConvertedAudio {
		if (heardSamples <= 0) throw new UnreadableAudioError('damaged');
		this.ogg.finish(heardSamples + this.preSkip);
		writeWhole(this.descriptor, this.sealer.finish());
		// It may wait in the queue over a power cut.
		fsyncSync(this.descriptor);
		// Whole seconds, and never none: phones show and count them so.
		const seconds = Math.max(1, Math.round(heardSamples / VOICE_RATE));
		const { key, sizeBytes } = this.sealer;
		const sha256 = this.hash.digest('hex');
		return { seconds, waveform: this.meter.toWaveform(), key, sizeBytes, sha256 };
	}

	close(): void {
		closeSync(this.descriptor);
	}

	private write(page: Buffer): void {
		this.hash.update(page);
		for (const chunk of this.sealer.seal(page)) writeWhole(this.descriptor, chunk);
	}
}

function writeWhole(descriptor: number, bytes: Buffer): void {
	for (let written = 0; written < bytes.length;) {
		written += writeSync(descriptor, bytes, written, bytes.length - written);
	}
}
