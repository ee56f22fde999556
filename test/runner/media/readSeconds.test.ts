import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSeconds } from '../../../runner/media/readSeconds';
import { SealedFile } from '../../../runner/media/sealed/SealedFile';
import { seal } from './support/sealed';

const fixture = (name: string) => readFileSync(join(__dirname, 'voice/fixtures', name));
/** A tag with a title and no sound after it. */
const TAG_ALONE = Buffer.from('ID3\x03\0\0\0\0\0\x10TIT2\0\0\0\x06\0\0\0Title', 'latin1');

describe('how long a file plays', () => {
	let folder: string;
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'aww-seconds-'));
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	const read = async (kind: 'audio' | 'video', bytes: Buffer, mimetype: string) => {
		const content = new SealedFile(await seal(join(folder, 'file'), bytes));
		return await readSeconds(kind, { content, mimetype });
	};

	test.each([
		['tone.mp3', 'audio/mpeg'],
		['tone.m4a', 'audio/mp4'],
		['tone.fragmented.m4a', 'audio/mp4'],
		['tone.aac', 'audio/aac'],
		['tone.opus.ogg', 'audio/ogg'],
		['tone.vorbis.ogg', 'audio/ogg'],
	])('%s plays for two seconds', async (name, mimetype) => {
		expect(await read('audio', fixture(name), mimetype)).toBe(2);
	});

	test('sound that begins late is found', async () => {
		const late = Buffer.concat([Buffer.alloc(3000), fixture('tone.mp3')]);
		expect(await read('audio', late, 'audio/mpeg')).toBe(2);
	});

	test('what its format does not tell is null', async () => {
		expect(await read('video', fixture('silent-video.mp4'), 'video/mp4')).toBeNull();
		expect(await read('audio', Buffer.from('#!AMR\n\x3c'), 'audio/amr')).toBeNull();
	});

	test.each([200, 500, 800])('a video cut off after %i bytes is refused', async (length) => {
		const cut = fixture('silent-video.mp4').subarray(0, length);
		await expect(read('video', cut, 'video/mp4')).rejects.toMatchObject({ code: 'media_invalid' });
	});

	test('a video without a picture and audio without sound are refused', async () => {
		await expect(read('video', fixture('tone.m4a'), 'video/mp4')).rejects.toMatchObject({
			code: 'media_invalid',
		});
		await expect(read('audio', TAG_ALONE, 'audio/mpeg')).rejects.toMatchObject({
			code: 'media_invalid',
		});
	});
});
