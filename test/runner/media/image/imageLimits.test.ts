import sharp from 'sharp';
import { MAX_FRAMES } from '../../../../runner/media/image/assertFewFrames';
import { countFrames } from '../../../../runner/media/image/countFrames';
import { toSticker } from '../../../../runner/media/image/toSticker';
import { toThumbnail } from '../../../../runner/media/image/toThumbnail';
import { noise, plain } from './testImages';

const toContent = (bytes: Buffer) => ({ sizeBytes: bytes.length, read: async () => bytes });

describe('an animation of very many frames', () => {
	test('is refused as a sticker before a frame is made large, with what to do', async () => {
		await expect(toSticker(toContent(tinyGif(1_000)))).rejects.toMatchObject({
			code: 'media_invalid',
			hint: expect.stringMatching(/1000 frames.*300.*shorten/) as string,
		});
	});

	test('is refused in WebP too, also where it has the size of a sticker', async () => {
		const colors = ['#c00', '#0c0'].map((color) => plain(512, 512, color).webp().toBuffer());
		const pair = await Promise.all(colors);
		// Alike neighbours would be written as one frame.
		const frames = Array.from({ length: MAX_FRAMES + 1 }, (_, index) => pair[index % 2] as Buffer);
		const webp = await sharp(frames, { join: { animated: true } })
			.webp({ effort: 0 })
			.toBuffer();
		expect(await sharp(webp).metadata()).toMatchObject({ pages: MAX_FRAMES + 1 });
		await expect(toSticker(toContent(webp))).rejects.toMatchObject({ code: 'media_invalid' });
	});

	test.each([
		['WebP', () => manyFrames(100_000)],
		['GIF', () => tinyGif(100_000)],
		['TIFF', () => manyPages(100_000)],
	])('costs nothing to refuse in %s, however many they are', async (_format, make100000) => {
		const bytes = await make100000();
		const startedAt = performance.now();
		for (const make of [toSticker, toThumbnail]) {
			await expect(make(toContent(bytes))).rejects.toMatchObject({
				code: 'media_invalid',
				hint: expect.stringContaining('2000 frames') as string,
			});
		}
		// The image library takes minutes to count them.
		expect(performance.now() - startedAt).toBeLessThan(5_000);
	});

	test.each([
		['WebP', () => manyFrames(7)],
		['GIF', () => tinyGif(7)],
		['a GIF with colours of its own in each frame', () => toColoredGif()],
		['TIFF', () => manyPages(7)],
		['TIFF of the other byte order', () => manyPages(7, 'BE')],
		['PNG', () => plain(3, 3).png().toBuffer()],
	])('is counted as the image library counts it: %s', async (_format, make) => {
		const bytes = await make();
		const { pages = 0 } = await sharp(bytes).metadata();
		expect(countFrames(bytes, 2_000)).toBe(pages);
		expect(countFrames(bytes, 3)).toBe(Math.min(pages, 3));
	});

	test('still has a thumbnail: that is of the first frame alone', async () => {
		expect(await toThumbnail(toContent(tinyGif(1_000)))).toMatchObject({ width: 1, height: 1 });
	});
});

test('a picture that takes too long ends at its time limit, and the next one gets its turn', async () => {
	const options = { timeLimitSeconds: 1, turn: { owner: 'a' } };
	const slow = toSticker(toContent(tinyGif(MAX_FRAMES)), options);
	const next = toThumbnail(toContent(await plain(9, 9).png().toBuffer()));
	await expect(slow).rejects.toMatchObject({
		code: 'media_invalid',
		hint: expect.stringContaining('takes longer than') as string,
	});
	expect(await next).toMatchObject({ width: 9 });
});

test('one instance’s pictures do not hold up those of another', async () => {
	const png = await noise(600, 600).png().toBuffer();
	const done: string[] = [];
	const make = async (owner: string, signal?: AbortSignal) => {
		await toThumbnail(toContent(png), { turn: { owner, signal } });
		done.push(owner);
	};
	await Promise.all([...['a', 'a', 'a', 'a'].map((owner) => make(owner)), make('b')]);
	expect(done.indexOf('b')).toBeLessThanOrEqual(2);
});

test('a picture whose caller has hung up is not read when its turn comes', async () => {
	const png = await noise(600, 600).png().toBuffer();
	const hangUp = new AbortController();
	let reads = 0;
	const counted = async () => {
		reads += 1;
		return png;
	};
	const first = toThumbnail(toContent(png), { turn: { owner: 'a' } });
	const second = toThumbnail({ read: counted }, { turn: { owner: 'a', signal: hangUp.signal } });
	const third = toThumbnail(toContent(png), { turn: { owner: 'a' } });
	// Loading the library takes a moment, and the second waits behind the first from then on.
	setImmediate(() => hangUp.abort(new Error('hung up')));
	await expect(second).rejects.toThrow('hung up');
	await Promise.all([first, third]);
	expect(reads).toBe(0);
});

/** A GIF of one pixel, 23 bytes for each frame. */
function tinyGif(frames: number): Buffer {
	const head = '474946383961 0100 0100 80 00 00 000000 ffffff';
	const frame = '21f9 04 00 0500 00 00 2c 0000 0000 0100 0100 00 02 02 4401 00';
	const toBytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
	return Buffer.concat([
		toBytes(head),
		...Array.from({ length: frames }, () => toBytes(frame)),
		toBytes('3b'),
	]);
}

async function toColoredGif(): Promise<Buffer> {
	const frames = ['#c00', '#0c0', '#00c'].map((color) => plain(40, 40, color).png().toBuffer());
	return sharp(await Promise.all(frames), { join: { animated: true } })
		.gif({ reuse: false, interPaletteMaxError: 0 })
		.toBuffer();
}

/** A TIFF of pages that all show the same pixels. */
function manyPages(count: number, order: 'LE' | 'BE' = 'LE'): Buffer {
	const pixels = Buffer.alloc(100);
	// Width, height, bits, no compression, black is zero, offset, samples, rows and bytes of the strip.
	const tags = { 256: 10, 257: 10, 258: 8, 259: 1, 262: 1, 273: 8, 277: 1, 278: 10, 279: 100 };
	const entries = Object.entries(tags);
	const pageBytes = 2 + entries.length * 12 + 4;
	const pages = Array.from({ length: count }, (_, index) => {
		const page = Buffer.alloc(pageBytes);
		page[`writeUInt16${order}`](entries.length, 0);
		for (const [at, [tag, value]] of entries.entries()) {
			page[`writeUInt16${order}`](Number(tag), 2 + at * 12);
			// All values are numbers of 32 bits.
			page[`writeUInt16${order}`](4, 4 + at * 12);
			page[`writeUInt32${order}`](1, 6 + at * 12);
			page[`writeUInt32${order}`](value, 10 + at * 12);
		}
		const next = index === count - 1 ? 0 : 108 + (index + 1) * pageBytes;
		page[`writeUInt32${order}`](next, pageBytes - 4);
		return page;
	});
	const head = Buffer.from(order === 'LE' ? '49492a006c000000' : '4d4d002a0000006c', 'hex');
	return Buffer.concat([head, pixels, ...pages]);
}

/** A WebP of tiny frames, as nobody's camera makes it. */
async function manyFrames(count: number): Promise<Buffer> {
	const still = await plain(16, 16, '#c00').webp().toBuffer();
	const canvas = Buffer.alloc(10);
	canvas[0] = 2;
	canvas.writeUIntLE(15, 4, 3);
	canvas.writeUIntLE(15, 7, 3);
	const place = Buffer.alloc(16);
	place.writeUIntLE(15, 6, 3);
	place.writeUIntLE(15, 9, 3);
	const frame = toChunk('ANMF', Buffer.concat([place, still.subarray(12)]));
	const parts = [toChunk('VP8X', canvas), toChunk('ANIM', Buffer.alloc(6))];
	const frames = Array<Buffer>(count).fill(frame);
	return toChunk('RIFF', Buffer.concat([Buffer.from('WEBP'), ...parts, ...frames]));
}

function toChunk(name: string, data: Buffer): Buffer {
	const header = Buffer.alloc(8);
	header.write(name, 'latin1');
	header.writeUInt32LE(data.length, 4);
	return Buffer.concat([header, data, Buffer.alloc(data.length % 2)]);
}
