import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import {
	OVERHEAD_BYTES,
	Sealer,
	UnopenableError,
	type Context,
} from '../../../../runner/storage/encryption/Sealer';

const newKey = () => createSecretKey(randomBytes(32));
const keys = new Map([
	[1, newKey()],
	[2, newKey()],
]);
const sealer = new Sealer({ activeId: 2, keys });
const older = new Sealer({ activeId: 1, keys });

const plain = fc.oneof(
	fc.string({ unit: 'grapheme' }),
	fc.uint8Array({ maxLength: 300 }),
	fc.constant('x'.repeat(70_000)),
);
const context = fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 4 });
const toBuffer = (value: string | Uint8Array) => Buffer.from(value as string);

describe('Sealer', () => {
	test('gives back what was sealed, texts as texts and bytes as bytes', () => {
		fc.assert(
			fc.property(plain, context, (value, place) => {
				const sealed = sealer.seal(value, place);
				expect(sealed.length).toBe(toBuffer(value).length + OVERHEAD_BYTES);
				const opened = sealer.open(sealed, place);
				expect(typeof opened).toBe(typeof value);
				expect(toBuffer(opened).equals(toBuffer(value))).toBe(true);
			}),
		);
	});

	test('the same value is never the same bytes twice', () => {
		const seen = new Set<string>();
		for (let n = 0; n < 5000; n++) {
			seen.add(Buffer.from(sealer.seal('same', ['a'])).toString('hex', 5, 17));
		}
		expect(seen.size).toBe(5000);
	});

	test('does not open in any other place', () => {
		fc.assert(
			fc.property(plain, context, context, (value, place, other) => {
				fc.pre(JSON.stringify(place) !== JSON.stringify(other));
				const sealed = sealer.seal(value, place);
				expect(() => sealer.open(sealed, other)).toThrow(UnopenableError);
			}),
		);
		const places: Context[] = [
			['a', 'b c'],
			['a b', 'c'],
			['a', 'b', 'c'],
			['a', 1],
			['a', '1'],
			['a,"b"'],
		];
		for (const place of places) {
			const sealed = sealer.seal('text', place);
			for (const other of places) {
				if (other !== place) expect(() => sealer.open(sealed, other)).toThrow(UnopenableError);
			}
		}
	});

	test('every flipped bit is noticed', () => {
		const sealed = sealer.seal('a short secret', ['table.column', 'row']);
		for (let bit = 0; bit < sealed.length * 8; bit++) {
			const forged = Buffer.from(sealed);
			forged[bit >> 3]! ^= 1 << (bit & 7);
			expect(() => sealer.open(forged, ['table.column', 'row'])).toThrow(UnopenableError);
		}
	});

	test('what was cut short, grown or never sealed is refused', () => {
		const place = ['table.column', 'row'];
		const sealed = Buffer.from(sealer.seal('a short secret', place));
		for (let length = 0; length < sealed.length; length++) {
			expect(() => sealer.open(sealed.subarray(0, length), place)).toThrow(UnopenableError);
		}
		expect(() => sealer.open(Buffer.concat([sealed, Buffer.alloc(1)]), place)).toThrow(
			UnopenableError,
		);
		fc.assert(
			fc.property(fc.uint8Array(), (bytes) => {
				expect(() => sealer.open(bytes, place)).toThrow(UnopenableError);
			}),
		);
	});

	test('an error names the column and nothing else', () => {
		const sealed = sealer.seal('secret text', ['messages.text', '15550001111']);
		expect(() => sealer.open(sealed, ['messages.text', '15550002222'])).toThrow(
			'A value stored in the database runner.db (messages.text) was damaged, or belongs to another row. The database was left as it is: restore it from a backup.',
		);
	});

	test('opens what an older key has sealed, and seals it anew with the active one', () => {
		const old = older.seal('text', ['a']);
		expect(sealer.open(old, ['a'])).toBe('text');
		const renewed = sealer.reseal(old, ['a']);
		expect(() => older.open(renewed, ['b'])).toThrow(UnopenableError);
		const withoutOld = new Sealer({ activeId: 2, keys: new Map([[2, keys.get(2)!]]) });
		expect(withoutOld.open(renewed, ['a'])).toBe('text');
		expect(() => withoutOld.open(old, ['a'])).toThrow(/a key that is not there any more/);
		expect(sealer.reseal(renewed, ['a'])).toBe(renewed);
	});

	test('another key does not open it, under the same id either', () => {
		const stranger = new Sealer({ activeId: 2, keys: new Map([[2, newKey()]]) });
		expect(() => stranger.open(sealer.seal('text', ['a']), ['a'])).toThrow(UnopenableError);
	});
});
