import { Readable } from 'node:stream';
import { deflateSync, crc32 } from 'node:zlib';
import sharp from 'sharp';
import { toProfilePicture } from '../../../../runner/media/image/toProfilePicture';
import { toSticker } from '../../../../runner/media/image/toSticker';
import { toThumbnail } from '../../../../runner/media/image/toThumbnail';
import { toWhatsAppImage } from '../../../../runner/media/image/toWhatsAppImage';
import { MediaFixture } from '../support/MediaFixture';
import { animation, noise, plain } from './testImages';

/** What a stored file is to those who read an image of it. */
const toContent = (bytes: Buffer) => ({ sizeBytes: bytes.length, read: async () => bytes });

/** What is no image, or is not all there. */
const DAMAGED: Array<[string, () => Promise<Buffer>]> = [
	['a JPEG that is cut off', async () => cutOff(await noise(400, 300).jpeg().toBuffer())],
	['a PNG that is cut off', async () => cutOff(await noise(400, 300).png().toBuffer())],
	['a WebP that is cut off', async () => cutOff(await noise(400, 300).webp().toBuffer())],
	['a PNG with a flipped byte', async () => flipped(await noise(400, 300).png().toBuffer())],
	['a JPEG’s beginning alone', () => Promise.resolve(Buffer.from('ffd8ffe000104a464946', 'hex'))],
	['a zip', () => Promise.resolve(Buffer.from('504b03040000000000', 'hex'))],
	['a web page', () => Promise.resolve(Buffer.from('<!doctype html><p>hello'))],
	[
		'a drawing made of XML',
		() =>
			Promise.resolve(
				Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>'),
			),
	],
	['nothing', () => Promise.resolve(Buffer.alloc(0))],
	['a PNG that unfolds to gigapixels', () => Promise.resolve(pixelBomb(60_000, 60_000))],
];

const cutOff = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * 0.6));
const flipped = (bytes: Buffer) => {
	const at = Math.floor(bytes.length / 2);
	bytes[at] = ~(bytes[at] ?? 0) & 0xff;
	return bytes;
};

describe('toThumbnail', () => {
	test.each(['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const)(
		'a %s becomes a JPEG 72 px wide, with the size of the whole',
		async (format) => {
			const content = toContent(await plain(400, 200).toFormat(format).toBuffer());
			const thumbnail = await toThumbnail(content);
			expect(thumbnail).toMatchObject({ width: 400, height: 200 });
			const facts = await sharp(thumbnail?.jpeg).metadata();
			expect(facts).toMatchObject({ format: 'jpeg', width: 72, height: 36 });
			expect(thumbnail?.jpeg.length).toBeLessThan(5000);
		},
	);

	test('a picture taken sideways is upright', async () => {
		const content = toContent(
			await plain(400, 200).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
		);
		const thumbnail = await toThumbnail(content);
		expect(thumbnail).toMatchObject({ width: 200, height: 400 });
		expect(await sharp(thumbnail?.jpeg).metadata()).toMatchObject({ width: 72, height: 144 });
	});

	test('a very small or very long picture gets one, too', async () => {
		const facts = async (width: number, height: number) => {
			const thumbnail = await toThumbnail(toContent(await plain(width, height).png().toBuffer()));
			return sharp(thumbnail?.jpeg).metadata();
		};
		expect(await facts(1, 1)).toMatchObject({ width: 1, height: 1 });
		expect(await facts(10, 10_000)).toMatchObject({ height: 720 });
	});

	test('what is transparent becomes white', async () => {
		const clear = { r: 0, g: 0, b: 0, alpha: 0 };
		const image = sharp({ create: { width: 80, height: 80, channels: 4, background: clear } });
		const thumbnail = await toThumbnail(toContent(await image.png().toBuffer()));
		const { data } = await sharp(thumbnail?.jpeg).raw().toBuffer({ resolveWithObject: true });
		expect(Math.min(...data)).toBeGreaterThan(250);
	});

	test.each(DAMAGED)('%s is refused', async (_title, create) => {
		await expect(toThumbnail(toContent(await create()))).rejects.toMatchObject({
			code: 'media_invalid',
		});
	});
});

test('an image of more pixels than any camera takes is refused before it is unfolded', async () => {
	const reading = toThumbnail(toContent(pixelBomb(15_000, 15_000)));
	await expect(reading).rejects.toMatchObject({
		code: 'media_invalid',
		hint: expect.stringContaining('200 megapixels') as string,
	});
});

describe('toSticker', () => {
	test.each([
		['a wide JPEG', () => noise(1200, 300).jpeg().toBuffer()],
		['a tall PNG', () => noise(200, 900).png().toBuffer()],
		['a small WebP', () => plain(10, 10).webp().toBuffer()],
		['a GIF', () => plain(100, 50).gif().toBuffer()],
	])('%s becomes a WebP of 512 × 512 px of at most 100 KB', async (_t, create) => {
		const { webp, isAnimated } = await toSticker(toContent(await create()));
		expect(isAnimated).toBe(false);
		const facts = await sharp(webp).metadata();
		expect(facts).toMatchObject({ format: 'webp', width: 512, height: 512 });
		expect(webp.length).toBeLessThanOrEqual(100_000);
	});

	test('the ground is transparent and the picture is not cut', async () => {
		const { webp } = await toSticker(toContent(await plain(400, 100).png().toBuffer()));
		const { data, info } = await sharp(webp).raw().toBuffer({ resolveWithObject: true });
		const alphaAt = (x: number, y: number) => data[(y * info.width + x) * info.channels + 3];
		expect([alphaAt(256, 10), alphaAt(5, 256), alphaAt(506, 256)]).toEqual([0, 255, 255]);
	});

	test('a sticker is left as it is, also one that moves', async () => {
		const still = await plain(512, 512).webp().toBuffer();
		expect(await toSticker(toContent(still))).toEqual({ webp: still, isAnimated: false });
		const moving = await (await animation(512, 512, 3)).webp().toBuffer();
		expect(await toSticker(toContent(moving))).toEqual({ webp: moving, isAnimated: true });
	});

	test('an animation of another size moves as a sticker', async () => {
		const gif = await (await animation(300, 200, 4)).gif().toBuffer();
		const { webp, isAnimated } = await toSticker(toContent(gif));
		expect(isAnimated).toBe(true);
		const facts = await sharp(webp, { animated: true }).metadata();
		expect(facts).toMatchObject({ format: 'webp', width: 512, pageHeight: 512, pages: 4 });
		expect(webp.length).toBeLessThanOrEqual(500_000);
	});

	test.each(DAMAGED)('%s is refused', async (_title, create) => {
		await expect(toSticker(toContent(await create()))).rejects.toMatchObject({
			code: 'media_invalid',
		});
	});
});

describe('toProfilePicture', () => {
	test('is a square JPEG of 640 px, whatever its shape was', async () => {
		for (const image of [noise(1000, 300).png(), plain(10, 20).jpeg(), plain(640, 640).webp()]) {
			const jpeg = await toProfilePicture(toContent(await image.toBuffer()));
			const facts = await sharp(jpeg).metadata();
			expect(facts).toMatchObject({ format: 'jpeg', width: 640, height: 640 });
		}
	});

	test.each(DAMAGED)('%s is refused', async (_title, create) => {
		await expect(toProfilePicture(toContent(await create()))).rejects.toMatchObject({
			code: 'media_invalid',
		});
	});
});

describe('toWhatsAppImage', () => {
	let fixture: MediaFixture;
	beforeAll(async () => {
		fixture = await MediaFixture.open();
	});
	afterAll(() => fixture.close());
	const add = (bytes: Buffer, fileName: string) =>
		fixture.store.add(Readable.from([bytes]), { fileName });

	test('JPEG and PNG stay byte for byte', async () => {
		for (const image of [plain(20, 20).jpeg(), plain(20, 20).png()]) {
			const file = await add(await image.toBuffer(), 'a');
			expect(await toWhatsAppImage(file, fixture.store)).toBe(file);
		}
	});

	test.each(['webp', 'gif', 'avif', 'tiff'] as const)('%s becomes a JPEG', async (format) => {
		const file = await add(await plain(60, 40).toFormat(format).toBuffer(), `holiday.${format}`);
		const image = await toWhatsAppImage(file, fixture.store);
		expect(image).toMatchObject({ mimetype: 'image/jpeg', fileName: 'holiday.jpg' });
		expect(await sharp(await image.content.read()).metadata()).toMatchObject({
			format: 'jpeg',
			width: 60,
			height: 40,
		});
	});

	test.each([
		['image/heic', '00000018667479706865696300000000686569636d696631'],
		['image/bmp', '424d460000000000000036000000280000000200000002000000010018000000'],
	])('%s cannot be converted, and the error says what can', async (mimetype, hex) => {
		const file = await add(Buffer.from(hex, 'hex'), 'photo');
		expect(file.mimetype).toBe(mimetype);
		await expect(toWhatsAppImage(file, fixture.store)).rejects.toMatchObject({
			code: 'media_not_readable',
			hint: expect.stringMatching(/JPEG or PNG/) as string,
		});
		expect(fixture.incoming).toEqual([]);
	});

	test('a damaged one is refused, and nothing is left', async () => {
		const file = await add(cutOff(await noise(400, 300).webp().toBuffer()), 'a.webp');
		const before = fixture.stored;
		await expect(toWhatsAppImage(file, fixture.store)).rejects.toMatchObject({
			code: 'media_invalid',
		});
		expect(fixture.stored).toEqual(before);
		expect(fixture.incoming).toEqual([]);
	});
});

/** A small PNG that says it is huge. */
function pixelBomb(width: number, height: number): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 2, 0, 0, 0], 8);
	const toChunk = (type: string, data: Buffer) => {
		const length = Buffer.alloc(4);
		length.writeUInt32BE(data.length);
		const body = Buffer.concat([Buffer.from(type), data]);
		const checksum = Buffer.alloc(4);
		checksum.writeUInt32BE(crc32(body));
		return Buffer.concat([length, body, checksum]);
	};
	return Buffer.concat([
		Buffer.from('89504e470d0a1a0a', 'hex'),
		toChunk('IHDR', header),
		toChunk('IDAT', deflateSync(Buffer.alloc(1_000_000))),
		toChunk('IEND', Buffer.alloc(0)),
	]);
}
