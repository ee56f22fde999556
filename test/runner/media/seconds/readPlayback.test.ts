import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { SealedFile } from '../../../../runner/media/sealed/SealedFile';
import { readPlayback, type PlaybackOptions } from '../../../../runner/media/seconds/readPlayback';
import { flipBit, seal } from '../support/sealed';
import { HOSTILE_FILES } from './hostileFiles';

const fixture = (name: string) => readFileSync(join(__dirname, '../voice/fixtures', name));
/** A tag with a title and no sound after it. */
const TAG_ALONE = Buffer.from('ID3\x03\0\0\0\0\0\x10TIT2\0\0\0\x06\0\0\0Title', 'latin1');

describe('how long a file plays', () => {
	let folder: string;
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'aww-seconds-'));
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	let files = 0;
	const store = async (bytes: Buffer) =>
		new SealedFile(await seal(join(folder, `file${files++}`), bytes));

	const read = async (
		kind: 'audio' | 'video',
		bytes: Buffer,
		mimetype: string,
		options?: PlaybackOptions,
	) => (await readPlayback(kind, { content: await store(bytes), mimetype }, options)).seconds;

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

	test('a video without sound plays for what its index says, a short one for a second', async () => {
		expect(await read('video', fixture('silent-video.mp4'), 'video/mp4')).toBe(1);
	});

	test('what its format does not tell is null', async () => {
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

	test.each(HOSTILE_FILES)(
		'2 MB of %s are given up in time, and nothing else stands still meanwhile',
		async (_title, mimetype, toBytes) => {
			const content = await store(toBytes(2_000_000));
			const delay = monitorEventLoopDelay({ resolution: 20 });
			delay.enable();
			const begunMs = performance.now();
			const { seconds } = await readPlayback('audio', { content, mimetype }, { timeLimitMs: 300 });
			delay.disable();
			expect(seconds).toBeNull();
			expect(performance.now() - begunMs).toBeLessThan(2000);
			expect(delay.max / 1e6).toBeLessThan(500);
		},
	);

	test('whoever hangs up ends it, and a slow file of one instance keeps no other waiting', async () => {
		const [[, mimetype, toBytes]] = HOSTILE_FILES;
		const hangUp = new AbortController();
		const options = {
			turn: { owner: 'instance-1', signal: hangUp.signal },
			timeLimitMs: 600_000,
		};
		const slow = read('audio', toBytes(20_000_000), mimetype, options);
		const ended = expect(slow).rejects.toThrow('gone');
		const other = { turn: { owner: 'instance-2' } };
		expect(await read('audio', fixture('tone.mp3'), 'audio/mpeg', other)).toBe(2);
		hangUp.abort(new Error('gone'));
		await ended;
		const next = { turn: { owner: 'instance-1' } };
		expect(await read('audio', fixture('tone.mp3'), 'audio/mpeg', next)).toBe(2);
	});

	test('a file that the disk has changed is not taken for one of no length', async () => {
		const content = await store(fixture('tone.mp3'));
		await flipBit(content.location.path, 100);
		await expect(readPlayback('audio', { content, mimetype: 'audio/mpeg' })).rejects.toMatchObject({
			name: 'DamagedFileError',
		});
	});
});
