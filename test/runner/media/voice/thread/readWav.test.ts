import { InputFile } from '../../../../../runner/media/voice/thread/InputFile';
import { readWav } from '../../../../../runner/media/voice/thread/readWav';
import { createFolder } from '../sound/createFolder';
import { createTone, createWav, type WavOptions } from '../sound/createWav';

let folder: Awaited<ReturnType<typeof createFolder>>;
beforeEach(async () => (folder = await createFolder()));
afterEach(() => folder.remove());

async function read(options: WavOptions) {
	const file = new InputFile(await folder.seal(createWav(options)));
	const blocks = [...readWav(file)];
	file.close();
	return { rate: blocks[0]?.sampleRate, samples: blocks.flatMap((block) => [...block.samples]) };
}

describe('readWav', () => {
	it.each<[string, Partial<WavOptions>, number]>([
		['8 bits', { bits: 8 }, 0.01],
		['16 bits', {}, 1e-4],
		['24 bits', { bits: 24 }, 1e-6],
		['32 bits', { bits: 32 }, 1e-6],
		['floating point', { tag: 3, bits: 32 }, 1e-6],
		['double floating point', { tag: 3, bits: 64 }, 1e-6],
		['A-law', { tag: 6, bits: 8, sampleRate: 8000 }, 0.02],
		['µ-law', { tag: 7, bits: 8, sampleRate: 8000 }, 0.02],
		['stereo', { channels: 2, sampleRate: 44100 }, 1e-4],
		['5.1 in the extensible form', { channels: 6, extensible: true }, 1e-4],
	])('reads the samples of %s', async (_, format, precision) => {
		const samples = createTone(440, 0.6);
		const sound = await read({ ...format, samples });
		expect(sound.rate).toBe(format.sampleRate ?? 48000);
		expect(sound.samples).toHaveLength(samples.length);
		const errors = sound.samples.map((sample, at) => Math.abs(sample - samples[at]!));
		expect(Math.max(...errors)).toBeLessThan(precision);
	});

	it.each([0, 0xffffffff, 10_000_000])(
		'reads to the end when the header claims %d bytes, as streaming programs write it',
		async (claimedBytes) => {
			const samples = createTone(440, 0.1);
			expect((await read({ samples, claimedBytes })).samples).toHaveLength(samples.length);
		},
	);

	it('reads no further than the header says, whatever follows', async () => {
		const { samples } = await read({ samples: createTone(440, 0.1), claimedBytes: 200 });
		expect(samples).toHaveLength(100);
	});

	it('takes what is not a number for silence', async () => {
		const sound = await read({
			tag: 3,
			bits: 32,
			samples: Float32Array.of(NaN, Infinity, 0.5, 99),
		});
		expect(sound.samples).toEqual([0, 0, 0.5, 1]);
	});
});
