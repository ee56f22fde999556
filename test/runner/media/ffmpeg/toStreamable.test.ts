import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { SealedFile } from '../../../../runner/media/sealed/SealedFile';
import { toStreamable } from '../../../../runner/media/ffmpeg/toStreamable';
import { toVoiceNote } from '../../../../runner/media/voice/toVoiceNote';
import { unseal } from '../support/sealed';
import { createFolder } from '../voice/sound/createFolder';
import { readOpusPackets } from '../voice/sound/readOgg';

const fixture = (name: string) => readFileSync(join(__dirname, '../voice/fixtures', name));
/** An index behind the sound, and an empty box behind both. */
const INDEX_LAST = Buffer.concat([
	fixture('tone.m4a'),
	Buffer.from('\0\0\0\x0cfree\0end', 'latin1'),
]);

let folder: Awaited<ReturnType<typeof createFolder>>;
beforeEach(async () => (folder = await createFolder()));
afterEach(() => folder.remove());

async function stream(bytes: Uint8Array): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of toStreamable(new SealedFile(await folder.seal(bytes)))) {
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

async function listen(bytes: Uint8Array): Promise<Buffer[]> {
	const input = await folder.seal(bytes);
	const note = await toVoiceNote({ input, output: folder.at('note.ogg') });
	return readOpusPackets(await unseal(note));
}

describe('what goes through a pipe', () => {
	test('has its index in front of the sound, and sounds the same', async () => {
		expect(INDEX_LAST.indexOf('moov')).toBeGreaterThan(INDEX_LAST.indexOf('mdat'));
		const streamed = await stream(INDEX_LAST);
		expect(streamed.length).toBe(INDEX_LAST.length);
		expect(streamed.indexOf('moov')).toBeLessThan(streamed.indexOf('mdat'));
		expect(streamed.toString('latin1', streamed.length - 4)).toBe('\0end');
		expect(await listen(streamed)).toEqual(await listen(INDEX_LAST));
	});

	test.each(['tone.mp3', 'tone.fragmented.m4a', 'tone.webm', 'tone.aac'])(
		'%s, which needs no such thing, stays as it is',
		async (name) => {
			expect((await stream(fixture(name))).equals(fixture(name))).toBe(true);
		},
	);

	test('a file that was put right stays as it is', async () => {
		const streamed = await stream(INDEX_LAST);
		expect((await stream(streamed)).equals(streamed)).toBe(true);
	});

	test('a file with any nonsense in it comes whole', async () => {
		const change = fc.tuple(fc.nat(INDEX_LAST.length - 1), fc.nat(255));
		await fc.assert(
			fc.asyncProperty(fc.array(change, { maxLength: 5 }), async (changes) => {
				const bytes = Buffer.from(INDEX_LAST);
				for (const [at, value] of changes) bytes[at] = value;
				expect(await stream(bytes)).toHaveLength(bytes.length);
			}),
			{ numRuns: 100 },
		);
	});
});
