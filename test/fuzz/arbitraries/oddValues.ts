import fc from 'fast-check';

/** Stands for JSON that `JSON.stringify` never writes; see `toJsonText`. */
const asWritten = (json: string): string => `@@json:${json}@@`;

const NUMBERS = [
	...['1e999', '-1e999', '-0', '0.1', '1.0', '1e3', '1E+2', '9007199254740993', '1e-400'],
	...['123456789012345678901234567890', '15550002222.0', '15550002222.5', '-15550002222', '1e10'],
	// Not JSON at all.
	...['NaN', 'Infinity', '0x10', '007', '+1', '.5', '1_000', "'a'", 'undefined'],
];

const TEXTS = [
	...['', ' ', '\n\t', '\u0000', '\ud800', '\udfff\ud800', '\u202eabc', '\ufeff', 'á'.repeat(300)],
	...[
		'__proto__',
		'constructor',
		'toString',
		'hasOwnProperty',
		'null',
		'undefined',
		'[object Object]',
	],
	...[
		"' OR 1=1 --",
		'"; DROP TABLE messages; --',
		'../../etc/passwd',
		'%00',
		'%',
		'${7*7}',
		'{{1}}',
	],
	...[
		'2026-13-45T99:99:99Z',
		'2026-01-01T00:00:00Z',
		'-1',
		'0',
		'1',
		'true',
		'1e5',
		'whsec_',
		'e30=',
	],
	...[
		'👨‍👩‍👧‍👦',
		'🏳️‍🌈',
		'1️⃣',
		'a'.repeat(70_000),
		'@s.whatsapp.net',
		'@g.us',
		'1@lid',
		'0@s.whatsapp.net',
	],
];

/** Values that are nothing like what a field wants. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom(...TEXTS) },
	{ weight: 3, arbitrary: fc.constantFrom(...NUMBERS).map(asWritten) },
	{ weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
	{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
	{ weight: 1, arbitrary: fc.double() },
	{
		weight: 2,
		arbitrary: fc.constantFrom<unknown[]>(
			...[null, true, false, 0, -1, 2 ** 53, 2 ** 31, {}, [], [[]], [null], [{}]],
			...[Array(2_000).fill('15550002222'), Array(2_000).fill({}), { length: 3 }, { toString: 1 }],
			asWritten('['.repeat(20_000) + ']'.repeat(20_000)),
			asWritten('{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000)),
			asWritten('{"__proto__":{"polluted":true}}'),
			asWritten('{"constructor":{"prototype":{"polluted":true}}}'),
			asWritten('{"a":1,"a":2}'),
		),
	},
);

/** Names that mean something to an object itself. */
export const oddKey: fc.Arbitrary<string> = fc.oneof(
	fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '', ' '),
	fc.string({ maxLength: 20 }),
);

/** As JSON, with what only a text can say. */
export function toJsonText(value: unknown): string {
	const text = JSON.stringify(value) ?? '';
	return text.replaceAll(
		/"@@json:((?:[^"\\]|\\.)*?)@@"/g,
		(_, json: string) => JSON.parse(`"${json}"`) as string,
	);
}
