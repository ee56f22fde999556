import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile, MP4BoxBuffer, type Movie } from 'mp4box';
import { findFfmpeg } from '../../../../runner/media/ffmpeg/findFfmpeg';
import { SealedFile } from '../../../../runner/media/sealed/SealedFile';
import { toGifVideo, type GifVideoOptions } from '../../../../runner/media/video/toGifVideo';
import { installFakeFfmpeg } from '../ffmpeg/installFakeFfmpeg';
import { animation } from '../image/testImages';
import { createFolder } from '../voice/sound/createFolder';

/** 25 frames of 102 × 76 pixels, of which the first can be begun with. */
const H264 = join(__dirname, 'fixtures', 'moving.h264');

let folder: Awaited<ReturnType<typeof createFolder>>;
let gif: Buffer;
beforeAll(async () => {
	gif = await (await animation(101, 75, 5)).gif().toBuffer();
});
beforeEach(async () => (folder = await createFolder()));
afterEach(() => folder.remove());

const convert = async (
	options: Partial<GifVideoOptions> & Pick<GifVideoOptions, 'ffmpegPath'>,
	bytes = gif,
) => toGifVideo(new SealedFile(await folder.seal(bytes)), { width: 101, height: 75, ...options });

/** What another program makes of the file. */
function readMovie(mp4: Buffer): Movie {
	const file = createFile();
	let movie: Movie | undefined;
	file.onReady = (read) => (movie = read);
	file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(Uint8Array.from(mp4).buffer, 0));
	file.flush();
	if (!movie) throw new Error('This is no MP4.');
	return movie;
}

test('a GIF becomes a whole MP4 with its index in front, which others can read', async () => {
	const ffmpegPath = await installFakeFfmpeg(folder, `cat > "$0.read"; cat '${H264}'`);
	const { mp4, ...facts } = await convert({ ffmpegPath });
	expect(facts).toEqual({ width: 102, height: 76, seconds: 1 });
	expect(await readFile(`${ffmpegPath}.read`)).toEqual(gif);
	const movie = readMovie(mp4);
	expect(movie).toMatchObject({ isFragmented: false, isProgressive: true, duration: 1000 });
	expect(movie.tracks).toMatchObject([
		{ codec: 'avc1.64000a', nb_samples: 25, track_width: 102, track_height: 76, timescale: 25 },
	]);
});

test('ffmpeg may read nothing but a GIF, from a pipe, and writes into one', async () => {
	const ffmpegPath = await installFakeFfmpeg(folder, `cat > /dev/null; cat '${H264}'`);
	await convert({ ffmpegPath });
	const given = (await readFile(folder.at('arguments'), 'utf8')).trim().split('\n');
	const after = (option: string) => given[given.indexOf(option) + 1];
	expect([after('-i'), after('-protocol_whitelist'), given.at(-1)]).toEqual([
		'pipe:0',
		'pipe',
		'pipe:1',
	]);
	expect(after('-format_whitelist')).toBe('gif');
	expect(given.filter((argument) => argument.includes('/'))).toEqual([]);
	expect(after('-vf')).toContain('scale=102:76');
});

test('a large GIF is made as large as phones show it', async () => {
	const ffmpegPath = await installFakeFfmpeg(folder, `cat > /dev/null; cat '${H264}'`);
	const { width, height } = await convert({ ffmpegPath, width: 3000, height: 11 });
	expect([width, height]).toEqual([720, 2]);
});

test('without ffmpeg the error says what can be done', async () => {
	await expect(convert({ ffmpegPath: null })).rejects.toMatchObject({
		code: 'media_not_readable',
		hint: expect.stringMatching(/install it.*\/api\/document or \/api\/sticker/) as string,
	});
});

test.each([
	['fails', 'exit 1'],
	['says nothing', 'cat > /dev/null'],
	['says nonsense', 'cat > /dev/null; echo nonsense'],
	['never ends', 'exec sleep 600'],
	['says too much', 'cat > /dev/null; head -c 20000000 /dev/zero'],
	['plays for hours', `cat > /dev/null; for i in $(seq 70); do cat '${H264}'; done`],
])('an ffmpeg that %s is an error, in time', async (_what, script) => {
	const ffmpegPath = await installFakeFfmpeg(folder, script);
	const converting = convert({ ffmpegPath, timeLimitMs: script.includes('sleep') ? 100 : 10_000 });
	await expect(converting).rejects.toMatchObject({ code: 'media_not_readable' });
});

test('whoever hangs up ends ffmpeg, and keeps no other instance waiting', async () => {
	const script = `echo $$ > '${folder.at('pid')}'; exec sleep 600`;
	const slow = await installFakeFfmpeg(folder, script);
	const abort = new AbortController();
	const reason = new Error('the sender hung up');
	const turn = { owner: 'a', signal: abort.signal };
	const ended = expect(convert({ ffmpegPath: slow, turn })).rejects.toBe(reason);
	let pid = '';
	while (!pid.endsWith('\n')) pid = await readFile(folder.at('pid'), 'utf8').catch(() => '');
	const quick = await installFakeFfmpeg(
		{ at: (name) => folder.at(`other-${name}`) },
		`cat > /dev/null; cat '${H264}'`,
	);
	const other = { ffmpegPath: quick, turn: { owner: 'b' } };
	expect((await convert(other)).seconds).toBe(1);
	abort.abort(reason);
	await ended;
	expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
});

test('a real ffmpeg makes it, where this machine has one', async () => {
	const ffmpegPath = await findFfmpeg(process.env.PATH ?? '');
	if (!ffmpegPath) return console.info('not tried: there is no ffmpeg on the PATH');
	const { mp4 } = await convert({ ffmpegPath });
	expect(readMovie(mp4).tracks).toMatchObject([{ track_width: 102, track_height: 76 }]);
});
