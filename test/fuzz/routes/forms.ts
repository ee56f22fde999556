import fc from 'fast-check';
import { oddKey } from '../arbitraries/oddValues';
import type { RouteCase } from './RouteCase';

interface Part {
	/** Everything before the empty line. */
	readonly head: string;
	readonly content: string | Buffer;
}

interface FormOptions {
	/** An object whose entries become fields. */
	readonly fields: fc.Arbitrary<unknown>;
	readonly fileBytes: fc.Arbitrary<Buffer>;
	/** The part that holds the file. */
	readonly fileField: string;
}

const BOUNDARY = 'fuzz-boundary';

const fileName = fc.oneof(
	fc.constantFrom('a.png', '../../etc/passwd', 'C:\\x.jpg', '', '..', 'a'.repeat(600), 'é"\\".png'),
	fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll(/[\r\n"]/g, '')),
);

const partType = fc.constantFrom(
	...['image/png', 'application/octet-stream', 'text/html', '', 'x', 'image/svg+xml', 'audio/mpeg'],
	'multipart/mixed; boundary=inner',
);

/** Multipart forms: whole and in any order, and with every mistake one can make. */
export function toForm(
	options: FormOptions,
): fc.Arbitrary<{ headers: Record<string, string>; body: RouteCase['body'] }> {
	const file = fc
		.record({
			name: fc.oneof({ weight: 6, arbitrary: fc.constant(options.fileField) }, oddName()),
			fileName,
			type: partType,
			content: options.fileBytes,
		})
		.map(({ name, fileName: given, type, content }): Part => ({
			head: `Content-Disposition: form-data; name="${name}"; filename="${given}"\r\nContent-Type: ${type}`,
			content,
		}));
	const oddPart = fc.record<Part>({
		head: fc.constantFrom(
			...['', 'Content-Disposition: form-data', 'Content-Disposition: form-data; name=', 'x', ':'],
			...['Content-Disposition: attachment; name="number"', 'Content-Type: text/plain'],
			`Content-Disposition: form-data; name="${'n'.repeat(2_000)}"`,
			`X: ${'h'.repeat(20_000)}`,
		),
		content: fc.string({ maxLength: 20 }),
	});
	const oddField = fc.tuple(oddName(), fc.string({ maxLength: 30 })).map(toField);
	return fc
		.record({
			fields: options.fields.map(toFields),
			files: fc.array(file, { minLength: 0, maxLength: 2 }),
			odd: fc.array(fc.oneof(oddPart, oddField), { maxLength: 2 }),
			isOdd: fc.nat(2),
			fileFirst: fc.boolean(),
			end: fc.constantFrom(
				...Array<string>(6).fill(`--${BOUNDARY}--\r\n`),
				'',
				`--${BOUNDARY}`,
				'--',
			),
			boundary: fc.constantFrom(
				...Array<string>(12).fill(BOUNDARY),
				'"fuzz-boundary"',
				'other',
				'',
			),
		})
		.map(({ fields, files, odd, isOdd, fileFirst, end, boundary }) => {
			const plain = fields.filter(({ head }) => !head.includes(`name="${options.fileField}"`));
			const one = isOdd === 0 ? files : files.slice(0, 1);
			const rest = [...plain, ...(isOdd === 0 ? odd : [])];
			const parts = fileFirst ? [...one, ...rest] : [...rest, ...one];
			return {
				headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
				body: [...parts.flatMap(toBytes), end],
			};
		});
}

function oddName(): fc.Arbitrary<string> {
	return oddKey.map((name) => name.replaceAll(/[\r\n"]/g, ''));
}

function toFields(value: unknown): Part[] {
	return Object.entries(value ?? {}).map(([name, field]) =>
		toField([name, typeof field === 'string' ? field : JSON.stringify(field)]),
	);
}

const toField = ([name, content]: readonly [string, string]): Part => ({
	head: `Content-Disposition: form-data; name="${name}"`,
	content,
});

const toBytes = ({ head, content }: Part): Array<string | Buffer> => [
	`--${BOUNDARY}\r\n${head}\r\n\r\n`,
	content,
	'\r\n',
];
