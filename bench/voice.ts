import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { SealedLocation } from '../runner/media/sealed/SealedFile';
import { writeHashed } from '../runner/media/writeHashed';

const RUNS = 5;
const MEGABYTE = 1_000_000;
const root = join(__dirname, '..');

interface Converter {
	toVoiceNote(options: { input: SealedLocation; output: string }): Promise<{ sizeBytes: number }>;
}

/** How long an MP3 takes to become a voice note without ffmpeg, and how much memory a long one takes. */
async function main(): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'bench-voice-'));
	try {
		await measureTime(await createMp3(folder, 1));
		await measureMemory(await createMp3(folder, 30));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function measureTime(input: SealedLocation): Promise<void> {
	const times: number[] = [];
	for (let run = 0; run < RUNS; run++) times.push(await convert(input));
	times.sort((a, b) => a - b);
	const [least, median, most] = [times[0]!, times[RUNS >> 1]!, times[RUNS - 1]!].map(toSeconds);
	console.log(`1 minute of MP3: ${median} s (median of ${RUNS}; ${least} to ${most})`);
}

async function measureMemory(input: SealedLocation): Promise<void> {
	const before = process.memoryUsage().rss;
	let peak = before;
	const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
	const elapsed = await convert(input);
	clearInterval(timer);
	const [peakMb, moreMb] = [peak, peak - before].map((bytes) => Math.round(bytes / MEGABYTE));
	console.log(`30 minutes of MP3: ${toSeconds(elapsed)} s, peak ${peakMb} MB (${moreMb} MB more)`);
}

/** With the compiled runner: what users have. */
async function convert(input: SealedLocation): Promise<number> {
	const module = join(root, 'dist/runner/media/voice/toVoiceNote.js');
	const { toVoiceNote } = (await import(module)) as Converter;
	const start = performance.now();
	await toVoiceNote({ input, output: `${input.path}.ogg` });
	return performance.now() - start;
}

/** The frames of a short tone over and over: MP3 has no other structure. */
async function createMp3(folder: string, minutes: number): Promise<SealedLocation> {
	const tone = await readFile(join(root, 'test/runner/media/voice/fixtures/tone.mp3'));
	const path = join(folder, `${minutes}.mp3`);
	const bytes = Buffer.concat(Array<Buffer>(minutes * 30).fill(tone));
	const written = await writeHashed(Readable.from([bytes]), path, { maxBytes: bytes.length });
	return { path, ...written };
}

function toSeconds(milliseconds: number): string {
	return (milliseconds / 1000).toFixed(2);
}

void main();
