import { randomBytes } from 'node:crypto';
import {
	appendFileSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import {
	CHUNK_BYTES,
	SEALED_CHUNK_BYTES,
	toSealedBytes,
} from '../../../../runner/media/sealed/chunks';
import { DamagedFileError } from '../../../../runner/media/sealed/DamagedFileError';
import { SealedFile, type SealedLocation } from '../../../../runner/media/sealed/SealedFile';
import { SealedWriter } from '../../../../runner/media/sealed/SealedWriter';
import { flipBit, seal } from '../support/sealed';

/** Three whole chunks and a bit. */
const CONTENT = randomBytes(3 * CHUNK_BYTES + 1000);

describe('a sealed file', () => {
	let folder: string;
	let path: string;
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'aww-sealed-'));
		path = join(folder, 'file');
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	const create = async (bytes: Uint8Array) => new SealedFile(await seal(path, bytes));

	/** Sizes and offsets at which something could be off by one. */
	const nearBorder = fc
		.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -2, max: 2 }))
		.map(([chunks, offset]) => Math.max(0, chunks * CHUNK_BYTES + offset));
	const position = fc.oneof(nearBorder, fc.integer({ min: 0, max: CONTENT.length - 1 }));

	test('of any size gives what was written, in whatever pieces it came', async () => {
		const pieces = fc.array(fc.oneof(nearBorder, fc.nat(3000)), { maxLength: 5 });
		await fc.assert(
			fc.asyncProperty(pieces, async (lengths) => {
				const writer = await SealedWriter.create(path);
				const plain = lengths.map((length) => randomBytes(length));
				for (const piece of plain) await writer.write(piece);
				const sealed = await writer.finish();
				await writer.close();
				const expected = Buffer.concat(plain);
				expect(sealed.sizeBytes).toBe(expected.length);
				expect(readFileSync(path).length).toBe(toSealedBytes(expected.length));
				const file = new SealedFile({ path, ...sealed });
				expect((await file.read()).equals(expected)).toBe(true);
				expect((await buffer(file.createReadStream())).equals(expected)).toBe(true);
			}),
			{ numRuns: 50 },
		);
	});

	test('any part of it is the part that was asked for, also at the borders of its chunks', async () => {
		const file = await create(CONTENT);
		await fc.assert(
			fc.asyncProperty(position, position, async (one, other) => {
				const span = { start: Math.min(one, other), end: Math.max(one, other) };
				const expected = CONTENT.subarray(span.start, span.end + 1);
				expect((await buffer(file.createReadStream(span))).equals(expected)).toBe(true);
				expect((await file.read(span)).equals(expected)).toBe(true);
			}),
			{ numRuns: 150 },
		);
	});

	test('as a blob it can be read here and there, and beyond its end like any blob', async () => {
		const blob = (await create(CONTENT)).toBlob();
		const plain = new Blob([Uint8Array.from(CONTENT)]);
		expect(blob.size).toBe(plain.size);
		const start = fc.oneof(position, fc.constant(CONTENT.length + 5));
		await fc.assert(
			fc.asyncProperty(start, start, start, async (from, to, inner) => {
				const part = blob.slice(from, to);
				const expected = plain.slice(from, to);
				expect(part.size).toBe(expected.size);
				for (const [ours, theirs] of [
					[part, expected],
					[part.slice(inner, inner + 10), expected.slice(inner, inner + 10)],
				] as const) {
					const [mine, wanted] = [await ours.arrayBuffer(), await theirs.arrayBuffer()];
					expect(Buffer.from(mine).equals(Buffer.from(wanted))).toBe(true);
				}
			}),
			{ numRuns: 150 },
		);
	});

	test('holds nothing of what was written, and no two of the same content are alike', async () => {
		const text = Buffer.from('The same words over and over. '.repeat(10_000));
		await create(text);
		const first = readFileSync(path);
		expect(first.includes('words')).toBe(false);
		await create(text);
		expect(first.equals(readFileSync(path))).toBe(false);
	});

	describe('that was tampered with gives an error and no wrong byte:', () => {
		let location: SealedLocation;
		let sealed: Buffer;
		beforeEach(async () => {
			location = await seal(path, CONTENT);
			sealed = readFileSync(path);
		});

		/** What comes before the error is what was written. */
		const expectDamaged = async (file = new SealedFile(location)) => {
			const got: Buffer[] = [];
			const reading = async () => {
				for await (const chunk of file.createReadStream()) got.push(chunk as Buffer);
			};
			await expect(reading()).rejects.toBeInstanceOf(DamagedFileError);
			const given = Buffer.concat(got);
			expect(given.equals(CONTENT.subarray(0, given.length))).toBe(true);
			expect(given.length).toBeLessThan(CONTENT.length);
		};
		const chunkAt = (index: number) =>
			sealed.subarray(index * SEALED_CHUNK_BYTES, (index + 1) * SEALED_CHUNK_BYTES);

		test('a flipped bit, wherever it is', async () => {
			await fc.assert(
				fc.asyncProperty(fc.nat(sealed.length - 1), async (at) => {
					writeFileSync(path, sealed);
					await flipBit(path, at);
					await expectDamaged();
				}),
				{ numRuns: 40 },
			);
		});

		test('a part without the damage can still be read', async () => {
			await flipBit(path, 2 * SEALED_CHUNK_BYTES + 5);
			const file = new SealedFile(location);
			const end = 2 * CHUNK_BYTES - 1;
			expect((await file.read({ start: 0, end })).equals(CONTENT.subarray(0, end + 1))).toBe(true);
			await expect(file.read({ start: 0, end: end + 1 })).rejects.toBeInstanceOf(DamagedFileError);
		});

		test.each([0, 10, SEALED_CHUNK_BYTES, 3 * SEALED_CHUNK_BYTES])(
			'cut off after %i bytes',
			async (length) => {
				truncateSync(path, length);
				await expectDamaged();
			},
		);

		test('cut off between two chunks, though its row says so, too', async () => {
			truncateSync(path, 2 * SEALED_CHUNK_BYTES);
			await expectDamaged(new SealedFile({ ...location, sizeBytes: 2 * CHUNK_BYTES }));
		});

		test('something added', async () => {
			writeFileSync(path, Buffer.concat([sealed, chunkAt(3)]));
			await expectDamaged();
		});

		test('something added behind chunks that are whole', async () => {
			const whole = await create(CONTENT.subarray(0, 2 * CHUNK_BYTES));
			appendFileSync(path, 'x');
			await expectDamaged(whole);
		});

		test('chunks that changed places, or one that is there twice', async () => {
			const [first, second, third, last] = [chunkAt(0), chunkAt(1), chunkAt(2), chunkAt(3)];
			for (const order of [
				[second, first, third, last],
				[first, first, third, last],
				[first, third, second, last],
			]) {
				writeFileSync(path, Buffer.concat(order));
				await expectDamaged();
			}
		});

		test('another file, or a chunk of one, in its place', async () => {
			const other = join(folder, 'other');
			await seal(other, CONTENT);
			const foreign = readFileSync(other);
			writeFileSync(path, foreign);
			await expectDamaged();
			const begin = foreign.subarray(0, SEALED_CHUNK_BYTES);
			writeFileSync(path, Buffer.concat([begin, sealed.subarray(SEALED_CHUNK_BYTES)]));
			await expectDamaged();
		});
	});
});
