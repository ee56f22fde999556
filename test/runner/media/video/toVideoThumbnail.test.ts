import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { findFfmpeg } from '../../../../runner/media/ffmpeg/findFfmpeg';
import { SealedFile } from '../../../../runner/media/sealed/SealedFile';
import { readAnnexB } from '../../../../runner/media/video/readAnnexB';
import { toMp4 } from '../../../../runner/media/video/toMp4';
import { toVideoThumbnail } from '../../../../runner/media/video/toVideoThumbnail';
import { installFakeFfmpeg } from '../ffmpeg/installFakeFfmpeg';
import { plain } from '../image/testImages';
import { createFolder } from '../voice/sound/createFolder';

let folder: Awaited<ReturnType<typeof createFolder>>;
let mp4: Buffer;
beforeAll(async () => {
	const video = readAnnexB(await readFile(join(__dirname, 'fixtures', 'moving.h264')));
	mp4 = toMp4(video!, { width: 102, height: 76, framesPerSecond: 25 });
});
beforeEach(async () => {
	folder = await createFolder();
	await writeFile(folder.at('frame.jpg'), await plain(72, 54).jpeg().toBuffer());
});
afterEach(() => folder.remove());

const show = async (script: string | null, timeLimitMs = 10_000) =>
	toVideoThumbnail(new SealedFile(await folder.seal(mp4)), {
		ffmpegPath: script === null ? null : await installFakeFfmpeg(folder, script),
		timeLimitMs,
	});
const write = () => `cat '${folder.at('frame.jpg')}'`;

test('ffmpeg reads as much as it needs, and its picture is the thumbnail', async () => {
	const jpeg = await show(`head -c 100 > /dev/null; ${write()}`);
	expect(await sharp(jpeg ?? undefined).metadata()).toMatchObject({ format: 'jpeg', width: 72 });
	const given = (await readFile(folder.at('arguments'), 'utf8')).trim().split('\n');
	expect(given[given.indexOf('-format_whitelist') + 1]).toBe('mov');
	expect(given.filter((argument) => argument.includes('/'))).toEqual([]);
});

test.each([
	['is missing', null],
	['fails', 'exit 1'],
	['says nonsense', 'echo nonsense'],
	['never ends', 'exec sleep 600'],
	['says too much', 'head -c 1000000 /dev/zero'],
])('where ffmpeg %s, there is none', async (_what, script) => {
	expect(await show(script, script?.includes('sleep') ? 100 : undefined)).toBeNull();
});

test('whoever hangs up ends it', async () => {
	const signal = AbortSignal.abort(new Error('gone'));
	const ffmpegPath = await installFakeFfmpeg(folder, write());
	const content = new SealedFile(await folder.seal(mp4));
	const showing = toVideoThumbnail(content, { ffmpegPath, turn: { owner: 'a', signal } });
	await expect(showing).rejects.toThrow('gone');
});

test('a real ffmpeg makes it, where this machine has one', async () => {
	const ffmpegPath = await findFfmpeg(process.env.PATH ?? '');
	if (!ffmpegPath) return console.info('not tried: there is no ffmpeg on the PATH');
	const jpeg = await toVideoThumbnail(new SealedFile(await folder.seal(mp4)), { ffmpegPath });
	expect(await sharp(jpeg ?? undefined).metadata()).toMatchObject({ width: 72, height: 54 });
});
