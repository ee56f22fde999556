import sharp from 'sharp';
import { assertDecodable, toDecodedBytes } from '../../../../runner/media/image/assertDecodable';
import { toProfilePicture } from '../../../../runner/media/image/toProfilePicture';
import { toSticker } from '../../../../runner/media/image/toSticker';
import { toThumbnail } from '../../../../runner/media/image/toThumbnail';
import { animation, plain } from './testImages';

const MB = 1_000_000;
const MEGAPIXEL = 1_000_000;
const toFacts = (
	format: 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'heif',
	megapixels: number,
) => ({
	format,
	width: 1_000,
	height: (megapixels * MEGAPIXEL) / 1_000,
	depth: 'uchar' as const,
	isProgressive: false,
});
const isTaken = (facts: Parameters<typeof assertDecodable>[0]) => {
	try {
		assertDecodable(facts);
		return true;
	} catch {
		return false;
	}
};

describe('how large a picture may be', () => {
	test.each([
		['jpeg', 200, 513],
		['png', 200, 205],
		['tiff', 50, 57],
		['gif', 46, 47],
		['webp', 32, 33],
		['heif', 25, 26],
	] as const)('%s: %i megapixels are taken, %i are not', (format, taken, refused) => {
		expect(isTaken(toFacts(format, taken))).toBe(true);
		expect(isTaken(toFacts(format, refused))).toBe(false);
	});

	test('what appears by and by is held whole, and may have fewer', () => {
		for (const format of ['jpeg', 'png'] as const) {
			expect(isTaken({ ...toFacts(format, 64), isProgressive: true })).toBe(true);
			expect(isTaken({ ...toFacts(format, 100), isProgressive: true })).toBe(false);
		}
	});

	test('finer colours take twice as much', () => {
		const facts = toFacts('png', 100);
		expect(toDecodedBytes({ ...facts, depth: 'ushort' })).toBe(2 * toDecodedBytes(facts));
	});

	test('a long animation of small frames is taken, an endless one is not', () => {
		const gif = (frames: number) => ({
			...toFacts('gif', frames / 4),
			width: 500,
			pageHeight: 500,
		});
		expect(isTaken({ ...gif(400), height: 400 * 500 })).toBe(true);
		expect(isTaken({ ...gif(600), height: 600 * 500 })).toBe(false);
	});
});

/** What a stored file is to those who read an image of it. */
const toContent = (bytes: Buffer) => ({ sizeBytes: bytes.length, read: async () => bytes });

test('a small file that unfolds to gigabytes is refused before it is unfolded, with what to do', async () => {
	const bytes = await plain(16_000, 2_100).webp({ effort: 0 }).toBuffer();
	expect(bytes.length).toBeLessThan(MB);
	for (const convert of [toThumbnail, toSticker, toProfilePicture]) {
		const before = process.cpuUsage();
		await expect(convert(toContent(bytes))).rejects.toMatchObject({
			code: 'media_invalid',
			hint: expect.stringMatching(/34 megapixels.*webp.*JPEG.*\/api\/document/) as string,
		});
		expect(process.cpuUsage(before).user).toBeLessThan(500_000);
	}
});

test('facts of real files are what the limits are reckoned with', async () => {
	const readFacts = async (bytes: Buffer) => sharp(bytes, { animated: true }).metadata();
	const gif = await readFacts(await (await animation(30, 20, 4)).gif().toBuffer());
	expect(gif).toMatchObject({ format: 'gif', width: 30, height: 80, pageHeight: 20 });
	const jpeg = await readFacts(await plain(30, 20).jpeg({ progressive: true }).toBuffer());
	expect(jpeg).toMatchObject({ format: 'jpeg', isProgressive: true, depth: 'uchar' });
	const avif = await readFacts(await plain(30, 20).avif().toBuffer());
	expect(avif).toMatchObject({ format: 'heif' });
	const fine = await readFacts(
		await plain(30, 20).toColourspace('rgb16').png({ progressive: true }).toBuffer(),
	);
	expect(fine).toMatchObject({ format: 'png', isProgressive: true, depth: 'ushort' });
});

test('one picture is decoded at a time, a refused one holds up no other', async () => {
	const bytes = await plain(400, 200).png().toBuffer();
	let reading = 0;
	let most = 0;
	const counted = (data: Buffer) => ({
		read: async () => {
			// The one before says that it is done in the same turn as the next one begins.
			await new Promise((resolve) => setImmediate(resolve));
			most = Math.max(most, ++reading);
			return data;
		},
	});
	const convert = async (data: Buffer) => {
		try {
			return await toThumbnail(counted(data)).finally(() => reading--);
		} catch {
			return 'refused';
		}
	};
	const results = await Promise.all([bytes, Buffer.from('none'), bytes, bytes].map(convert));
	expect(results.map((result) => result === 'refused')).toEqual([false, true, false, false]);
	expect(most).toBe(1);
});
