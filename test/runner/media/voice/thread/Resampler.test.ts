import { Resampler } from '../../../../../runner/media/voice/thread/Resampler';
import { createTone } from '../sound/createWav';
import { toLoudestHertz, toLoudness } from '../sound/playVoiceNote';

function resample(samples: Float32Array, rate: number, blockSamples: number): Float32Array {
	const resampler = new Resampler(rate);
	const parts: number[] = [];
	for (let at = 0; at < samples.length; at += blockSamples) {
		parts.push(...resampler.push(samples.subarray(at, at + blockSamples)));
	}
	return Float32Array.from([...parts, ...resampler.finish()]);
}

describe('Resampler', () => {
	it.each([8000, 11025, 16000, 22050, 24000, 32000, 37999, 44100, 88200, 96000])(
		'brings %d Hz to 48 kHz: same length, same tone, same loudness',
		(rate) => {
			const tone = createTone(440, 0.5, rate);
			const sound = resample(tone, rate, 1000);
			expect(sound).toHaveLength(Math.ceil((tone.length * 48000) / rate));
			expect(toLoudestHertz(sound)).toBe(440);
			expect(toLoudness(sound)).toBeCloseTo(0.5 / Math.SQRT2, 2);
		},
	);

	it('gives the same, however the sound is cut into pieces', () => {
		const sound = createTone(1000, 0.2, 44100);
		const whole = resample(sound, 44100, sound.length);
		expect(resample(sound, 44100, 7)).toEqual(whole);
		expect(resample(sound, 44100, 4096)).toEqual(whole);
	});

	it('keeps out what 48 kHz cannot hold: a tone of 30 kHz is silenced, not mirrored to 18 kHz', () => {
		const sound = resample(createTone(30000, 0.3, 96000), 96000, 5000);
		expect(toLoudness(sound.subarray(1000, -1000))).toBeLessThan(0.0001);
	});

	it('adds nothing: the error against the ideal tone is below −60 dB', () => {
		const sound = resample(createTone(1000, 0.3, 44100), 44100, 4096);
		const ideal = createTone(1000, 0.3);
		const error = sound.map((sample, at) => sample - (ideal[at] ?? 0)).subarray(1000, -1000);
		expect(toLoudness(error)).toBeLessThan(0.0005);
	});
});
