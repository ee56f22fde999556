import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { toSealedBytes } from '../../../../runner/media/sealed/chunks';
import { DamagedFileError } from '../../../../runner/media/sealed/DamagedFileError';
import { toVoiceNote } from '../../../../runner/media/voice/toVoiceNote';
import { flipBit, unseal } from '../support/sealed';
import { createFolder } from './sound/createFolder';
import { createTone, createWav } from './sound/createWav';
import { playVoiceNote, toLoudestHertz, toLoudness } from './sound/playVoiceNote';
import { readOgg, readOpusPackets } from './sound/readOgg';

const fixture = (name: string) => join(__dirname, 'fixtures', name);

let folder: Awaited<ReturnType<typeof createFolder>>;
beforeEach(async () => (folder = await createFolder()));
afterEach(() => folder.remove());

async function convert(
	bytes: Buffer,
	{ signal, ...options }: { signal?: AbortSignal; timeLimitMs?: number } = {},
) {
	const input = await folder.seal(bytes);
	return toVoiceNote({
		input,
		output: folder.at('note.ogg'),
		turn: { owner: 'a', signal },
		...options,
	});
}

/** A copy with another number at an offset from where the name of a box begins. */
function withNumbers(file: Buffer, box: string, numbers: Record<number, number>): Buffer {
	const changed = Buffer.from(file);
	for (const [offset, value] of Object.entries(numbers)) {
		changed.writeUInt32BE(value, file.indexOf(box) + Number(offset));
	}
	return changed;
}

describe('what becomes a voice note', () => {
	it.each([
		['tone.mp3', 2],
		['tone.vorbis.ogg', 2],
		['tone.opus.ogg', 2],
		['tone.stereo.opus.ogg', 2],
		['tone.m4a', 2],
		['tone.fragmented.m4a', 2],
		['tone.aac', 2],
		['tone.flac', 1],
		['tone.webm', 2],
	])('%s sounds the same afterwards', async (name, seconds) => {
		const note = await convert(await readFile(fixture(name)));
		const played = await playVoiceNote(note);
		const path = folder.at('note.ogg');
		expect(note).toMatchObject({ path, mimetype: 'audio/ogg; codecs=opus', seconds });
		expect((await stat(path)).size).toBe(toSealedBytes(note.sizeBytes));
		// Encoders put up to a tenth of a second of silence in front, which not every container tells.
		expect(Math.abs(played.seconds - seconds)).toBeLessThan(0.12);
		expect(toLoudestHertz(played.samples)).toBe(440);
		expect(toLoudness(played.samples)).toBeGreaterThan(0.25);
		expect(await folder.list()).toEqual(['note.ogg']);
	});

	it('surround sound at a rate of its own', async () => {
		const samples = createTone(600, 1, 37999);
		const note = await convert(
			createWav({ channels: 6, extensible: true, sampleRate: 37999, samples }),
		);
		const played = await playVoiceNote(note);
		expect(played.seconds).toBeCloseTo(1, 3);
		expect(toLoudestHertz(played.samples)).toBe(600);
		expect(toLoudness(played.samples)).toBeCloseTo(0.354, 1);
	});

	it('WAV of a single sample, of one second for the phone', async () => {
		const note = await convert(createWav({ samples: Float32Array.of(0.5) }));
		expect(note.seconds).toBe(1);
		expect(note.waveform).toHaveLength(64);
	});

	it('MP3 behind a tag with a big picture', async () => {
		const tag = Buffer.alloc(10 + 300_000, 0xff);
		tag.set([0x49, 0x44, 0x33, 3, 0, 0, 0, 18, 39, 96]);
		const note = await convert(Buffer.concat([tag, await readFile(fixture('tone.mp3'))]));
		const played = await playVoiceNote(note);
		expect(toLoudestHertz(played.samples)).toBe(440);
	});

	it('MP3 with a damaged part keeps the rest', async () => {
		const bytes = await readFile(fixture('tone.mp3'));
		bytes.fill('not audio at all ', 3000, 4200);
		const note = await convert(bytes);
		const played = await playVoiceNote(note);
		expect(played.seconds).toBeGreaterThan(1.2);
		expect(toLoudestHertz(played.samples)).toBe(440);
	});

	it('M4A with a damaged frame keeps the rest', async () => {
		const bytes = await readFile(fixture('tone.fragmented.m4a'));
		bytes.fill(0xff, 5000, 5020);
		const note = await convert(bytes);
		const played = await playVoiceNote(note);
		expect(played.seconds).toBeGreaterThan(1.2);
	});

	it.each(['tone.mp3', 'tone.aac', 'tone.opus.ogg', 'tone.flac', 'tone.webm'])(
		'%s cut off in the middle is heard up to there',
		async (name) => {
			const bytes = await readFile(fixture(name));
			const note = await convert(bytes.subarray(0, bytes.length * 0.6));
			const played = await playVoiceNote(note);
			expect(played.seconds).toBeGreaterThan(0.3);
			expect(toLoudestHertz(played.samples)).toBe(440);
		},
	);

	it('AAC longer than the decoder takes at once has no seam and loses nothing', async () => {
		const frames = readFileSync(fixture('tone.aac'));
		const repeats = 16;
		const note = await convert(Buffer.concat(Array<Buffer>(repeats).fill(frames)));
		const played = await playVoiceNote(note);
		const framesOfTone = 88;
		const expected = (framesOfTone * repeats * 1024 - 1024) / 44100;
		expect(Math.abs(played.seconds - expected)).toBeLessThan(0.001);
	});
});

describe('the file of a voice note', () => {
	it('has right pages: checksum, sequence, first and last page, granule positions', async () => {
		const note = await convert(createWav({ samples: createTone(440, 3.21) }));
		const pages = readOgg(await unseal(note));
		expect(pages.every(({ isCrcRight }) => isCrcRight)).toBe(true);
		expect(pages.map(({ sequence }) => sequence)).toEqual(pages.map((_, index) => index));
		expect(new Set(pages.map(({ serial }) => serial)).size).toBe(1);
		expect(pages.map(({ flags }) => flags)).toEqual([2, 0, 0, 0, 0, 4]);
		const [head, tags] = pages.flatMap(({ packets }) => packets);
		const preSkip = head!.readUInt16LE(10);
		expect(head!.toString('latin1', 0, 8)).toBe('OpusHead');
		expect([head!.readUInt8(9), head!.readUInt32LE(12), head!.readUInt8(18)]).toEqual([
			1, 48000, 0,
		]);
		expect(tags!.toString('latin1', 0, 8)).toBe('OpusTags');
		const granules = pages.map(({ granule }) => granule);
		expect(granules).toEqual([0, 0, 48000, 96000, 144000, 3.21 * 48000 + preSkip]);
	});

	it('holds the very packets of mono Opus that came in', async () => {
		for (const name of ['tone.opus.ogg', 'tone.webm']) {
			const note = await convert(await readFile(fixture(name)));
			const made = readOpusPackets(await unseal(note));
			const original = readOpusPackets(await readFile(fixture('tone.opus.ogg')));
			expect(made).toEqual(original);
		}
	});

	it('is made in a thread: this one stays idle', async () => {
		const wav = createWav({ samples: createTone(440, 8) });
		const input = await folder.seal(wav);
		const before = performance.eventLoopUtilization();
		await toVoiceNote({ input, output: folder.at('note.ogg') });
		expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
	});
});

describe('the waveform', () => {
	it('has 64 points from 0 to 100 that follow the loudness', async () => {
		const samples = createTone(440, 4).map((sample, at) => (at < 96000 ? sample / 4 : sample));
		const { waveform } = await convert(createWav({ samples }));
		expect(waveform).toBeInstanceOf(Uint8Array);
		expect(waveform).toHaveLength(64);
		expect(Math.max(...waveform)).toBe(100);
		expect(waveform.subarray(0, 32).every((point) => point >= 23 && point <= 26)).toBe(true);
		expect(waveform.subarray(32).every((point) => point >= 98)).toBe(true);
	});

	it('of silence is flat', async () => {
		const { waveform } = await convert(createWav({ samples: new Float32Array(48000) }));
		expect(Array.from(waveform)).toEqual(Array<number>(64).fill(0));
	});
});

describe('what cannot become a voice note leaves nothing behind', () => {
	const mp4WithoutIndex = readFileSync(fixture('tone.m4a')).subarray(0, 8000);
	it.each<[string, string, Buffer]>([
		['an empty file', 'empty', Buffer.alloc(0)],
		['a WAV file without sound', 'empty', createWav({ samples: new Float32Array(0) })],
		['a video without sound', 'empty', readFileSync(fixture('silent-video.mp4'))],
		[
			'a text renamed to .mp3',
			'unknown_format',
			Buffer.from('I am a song, believe me. '.repeat(9999)),
		],
		['a picture', 'unknown_format', Buffer.from('\x89PNG\r\n\x1a\n'.padEnd(5000, 'x'), 'latin1')],
		[
			'ADPCM in a WAV file',
			'unknown_codec',
			createWav({ tag: 2, bits: 8, samples: createTone(9, 1) }),
		],
		['an M4A file cut off before its index', 'damaged', mp4WithoutIndex],
		[
			'an M4A file that claims four billion samples of one size',
			'damaged',
			withNumbers(readFileSync(fixture('tone.m4a')), 'stsz', { 8: 100, 12: 0xffffffff }),
		],
		[
			'a fragment that claims four billion samples of no bytes',
			'damaged',
			withNumbers(readFileSync(fixture('tone.fragmented.m4a')), 'trun', { 4: 1, 8: 0xffffffff }),
		],
		[
			'a WAV file cut off in its header',
			'damaged',
			createWav({ samples: createTone(9, 1) }).subarray(0, 40),
		],
		[
			'an Ogg file of nothing but a header',
			'damaged',
			readFileSync(fixture('tone.opus.ogg')).subarray(0, 60),
		],
	])('%s', async (_, reason, bytes) => {
		await expect(convert(bytes)).rejects.toMatchObject({
			name: 'UnreadableAudioError',
			reason,
			hint: expect.stringMatching(/\w/),
		});
		expect(await folder.list()).toEqual([]);
	});

	it('a conversion that is aborted, before and in the middle', async () => {
		const wav = createWav({ samples: createTone(440, 20) });
		const reason = new Error('the sender hung up');
		await expect(convert(wav, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
		const abort = new AbortController();
		const converting = convert(wav, { signal: abort.signal });
		const untilWriting = async () => {
			while ((await folder.list()).every((name) => !name.endsWith('.part'))) await nextTurn();
		};
		await Promise.all([
			expect(converting).rejects.toBe(reason),
			untilWriting().then(() => abort.abort(reason)),
		]);
		expect(await folder.list()).toEqual([]);
	});

	it('a conversion that takes too long', async () => {
		const wav = createWav({ samples: createTone(440, 20) });
		await expect(convert(wav, { timeLimitMs: 1 })).rejects.toMatchObject({
			reason: 'took_too_long',
		});
		expect(await folder.list()).toEqual([]);
	});

	it('a file that was damaged on the disk is not blamed on who sent it', async () => {
		const input = await folder.seal(readFileSync(fixture('tone.mp3')));
		await flipBit(input.path, 5_000);
		const converting = toVoiceNote({ input, output: folder.at('note.ogg') });
		await expect(converting).rejects.toBeInstanceOf(DamagedFileError);
		expect(await folder.list()).toEqual([]);
	});

	it('a file that is not there is not called unreadable', async () => {
		const input = { ...(await folder.seal(Buffer.from('x'))), path: folder.at('none') };
		const converting = toVoiceNote({ input, output: folder.at('note.ogg') });
		await expect(converting).rejects.toMatchObject({ code: 'ENOENT' });
		expect(await folder.list()).toEqual([]);
	});
});

function nextTurn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
