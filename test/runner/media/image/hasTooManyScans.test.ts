import fc from 'fast-check';
import { hasTooManyScans } from '../../../../runner/media/image/hasTooManyScans';
import { toThumbnail } from '../../../../runner/media/image/toThumbnail';
import { noise } from './testImages';

/** A JPEG segment with its length. */
const segment = (marker: number, data: number[]) =>
	Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff, ...data]);
const START = Buffer.from([0xff, 0xd8]);
const END = Buffer.from([0xff, 0xd9]);

/** A grey picture of 64 × 64 px, whose details come in so many passes that say nothing. */
function inScans(count: number): Buffer {
	const details = [segment(0xda, [1, 1, 0, 1, 63, 0]), Buffer.alloc(8)];
	return Buffer.concat([
		START,
		segment(0xdb, [0, ...Array<number>(64).fill(1)]),
		segment(0xc2, [8, 0, 64, 0, 64, 1, 1, 0x11, 0]),
		// One code each: no difference for the brightness, end of block for the details.
		segment(0xc4, [0, 1, ...Array<number>(15).fill(0), 0]),
		segment(0xc4, [0x10, 1, ...Array<number>(15).fill(0), 0]),
		segment(0xda, [1, 1, 0, 0, 0, 0]),
		Buffer.alloc(8),
		...Array.from({ length: count - 1 }, () => details).flat(),
		END,
	]);
}

describe('a JPEG that appears by and by', () => {
	test('is taken in up to a hundred passes', async () => {
		expect(hasTooManyScans(inScans(100))).toBe(false);
		expect(await toThumbnail({ read: async () => inScans(100) })).toMatchObject({ width: 64 });
		const usual = await noise(300, 200).jpeg({ progressive: true }).toBuffer();
		expect(hasTooManyScans(usual)).toBe(false);
		expect(await toThumbnail({ read: async () => usual })).toMatchObject({ width: 300 });
	});

	test('is refused in more, with what to do', async () => {
		expect(hasTooManyScans(inScans(101))).toBe(true);
		await expect(toThumbnail({ read: async () => inScans(101) })).rejects.toMatchObject({
			code: 'media_invalid',
			hint: expect.stringMatching(/passes.*ordinary JPEG/) as string,
		});
	});

	test('may have anything in its notes and behind its end', () => {
		const scans = Array.from({ length: 200 }, () => [0xff, 0xda]).flat();
		const rest = inScans(2).subarray(2);
		const withNotes = Buffer.concat([START, segment(0xe1, scans), rest, Buffer.from(scans)]);
		expect(hasTooManyScans(withNotes)).toBe(false);
	});

	test('is looked through to its end, whatever it is made of', () => {
		const bytes = fc.array(fc.oneof(fc.constantFrom(0xff, 0xda, 0xd9, 0, 0xc4), fc.nat(255)));
		fc.assert(
			fc.property(bytes, (data) => {
				expect(hasTooManyScans(Buffer.from(data))).toBe(false);
			}),
		);
	});
});
