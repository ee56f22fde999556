import sharp from 'sharp';
import { MAX_FRAMES } from '../../../../runner/media/image/assertFewFrames';
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

	test('costs nothing to refuse, however many they are', async () => {
		const bytes = await manyFrames(100_000);
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
