import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readWebpFacts } from '../../../../runner/media/image/readWebpFacts';
import { animation, plain } from './testImages';

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'aww-no-sharp-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const save = (name: string, bytes: Buffer): string => {
	const path = join(folder, name);
	writeFileSync(path, bytes);
	return path;
};

test('without the image library thumbnails are left out, and what cannot be converted says so', async () => {
	const sticker = save('sticker', await plain(512, 512).webp().toBuffer());
	const output = join(folder, 'output');
	const { stdout } = await promisify(execFile)(process.execPath, [
		'-r',
		'@swc-node/register',
		join(__dirname, 'convertWithoutSharp.ts'),
		save('png', await plain(512, 512).png().toBuffer()),
		sticker,
		save('webp', await plain(300, 512).webp().toBuffer()),
		output,
	]);
	expect(JSON.parse(stdout)).toEqual({
		thumbnail: 'nothing',
		stickerFromPng: 'media_not_readable',
		stickerFromWebp: 'media_not_readable',
		finishedSticker: { isAnimated: false },
		profilePicture: 'media_not_readable',
		image: 'media_not_readable',
	});
	expect(readFileSync(output).equals(readFileSync(sticker))).toBe(true);
});

describe('readWebpFacts', () => {
	test.each([
		['lossy', () => plain(300, 200).webp().toBuffer(), false],
		['lossless', () => plain(300, 200).webp({ lossless: true }).toBuffer(), false],
		['transparent', () => plain(300, 200).ensureAlpha(0.5).webp().toBuffer(), false],
		['moving', async () => (await animation(300, 200, 3)).webp().toBuffer(), true],
	])('reads the size of a %s WebP', async (_, create, isAnimated) => {
		expect(readWebpFacts(await create())).toEqual({ width: 300, height: 200, isAnimated });
	});

	test.each(['', 'RIFF', 'RIFFxxxxWAVEfmt '.padEnd(40), 'RIFFxxxxWEBPnone'.padEnd(40)])(
		'%j is no WebP',
		(text) => {
			expect(readWebpFacts(Buffer.from(text))).toBeUndefined();
		},
	);
});
