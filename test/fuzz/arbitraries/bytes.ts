import fc from 'fast-check';

/** Bytes that differ from sound ones in some places, end early or go on. */
export function damaged(sound: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Buffer> {
	return fc
		.tuple(
			sound,
			fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
			fc.option(fc.nat(), { freq: 2 }),
			fc.uint8Array({ maxLength: 20 }),
		)
		.map(([bytes, changes, cutAt, tail]) => {
			const result = Buffer.from(bytes);
			for (const [at, value] of changes) if (result.length > 0) result[at % result.length] = value;
			const kept = cutAt === null ? result : result.subarray(0, cutAt % (result.length + 1));
			return Buffer.concat([kept, tail]);
		});
}

/** Bytes like nothing. */
export const anyBytes: fc.Arbitrary<Buffer> = fc
	.oneof(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ maxLength: 4_000 }))
	.map((bytes) => Buffer.from(bytes));
