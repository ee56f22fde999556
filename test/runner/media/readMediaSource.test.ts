import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { ApiError } from '../../../runner/ApiError';
import { AddressGuard } from '../../../runner/address';
import { MediaReader, toMediaSource } from '../../../runner/media/readMediaSource';
import { MB, MediaFixture } from './support/MediaFixture';

const PDF = Buffer.from('%PDF-1.7\nsome content');

describe('toMediaSource', () => {
	test.each([
		['https://files.example/a.jpg', { kind: 'url', url: 'https://files.example/a.jpg' }],
		[' HTTP://10.0.0.1/a ', { kind: 'url', url: 'HTTP://10.0.0.1/a' }],
		['data:image/png;base64,AAAA', { kind: 'base64', data: 'AAAA', mimetype: 'image/png' }],
		['data:;base64,AAAA', { kind: 'base64', data: 'AAAA' }],
		[
			'data:text/csv;charset=utf-8;name=a%20b.csv;base64,AAAA',
			{ kind: 'base64', data: 'AAAA', mimetype: 'text/csv', fileName: 'a b.csv' },
		],
		['aGVsbG8=', { kind: 'base64', data: 'aGVsbG8=' }],
		['A'.repeat(67), { kind: 'base64', data: 'A'.repeat(67) }],
	])('%s is a source', (text, source) => {
		expect(toMediaSource(text)).toEqual(source);
	});

	test.each([
		'',
		' ',
		'ftp://files.example/a',
		'file:///etc/passwd',
		'/etc/passwd',
		'C:\\a.jpg',
		'www.example.com/a.jpg',
		'data:image/png;base64',
		'data:image/png,AAAA',
		'data:image/png;base64;AAAA',
		'data:',
		'{"url":"x"}',
		'Hello, world!!!!',
	])('%j is none, and the error says what is', (text) => {
		expect(() => toMediaSource(text)).toThrow(ApiError);
		try {
			toMediaSource(text);
		} catch (error) {
			expect(error).toMatchObject({ code: 'media_invalid' });
			expect((error as ApiError).hint).toContain('data:image/png;base64,');
		}
	});
});

test('whatever text is given, it is a source or an error with a remedy', () => {
	const prefix = fc.constantFrom('', 'https://', 'data:', 'data:a/b;base64,', 'data:;;;;base64,');
	fc.assert(
		fc.property(prefix, fc.string({ unit: 'binary' }), (start, rest) => {
			try {
				expect(['url', 'base64']).toContain(toMediaSource(start + rest).kind);
			} catch (error) {
				expect(error).toMatchObject({ code: 'media_invalid' });
			}
		}),
	);
});

describe('MediaReader', () => {
	let fixture: MediaFixture;
	let reader: MediaReader;
	beforeAll(async () => {
		fixture = await MediaFixture.open();
		const guard = new AddressGuard({ allowPrivateHosts: [], allowHttpHosts: [] });
		reader = new MediaReader({ store: fixture.store, guard, timeoutMs: 1000 });
	});
	afterAll(() => fixture.close());

	const readBase64 = (data: string) => reader.read({ kind: 'base64', data }, {});

	test.each([
		['with padding', (bytes: Buffer) => bytes.toString('base64')],
		['without padding', (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')],
		['in the alphabet of URLs', (bytes: Buffer) => bytes.toString('base64url')],
		['in lines', (bytes: Buffer) => bytes.toString('base64').replace(/.{76}/g, '$&\r\n') + '\n'],
		['in odd lines', (bytes: Buffer) => bytes.toString('base64').replace(/.{7}/g, '$& ')],
	])('base64 %s becomes the same bytes, whatever their number', async (_title, encode) => {
		for (const size of [1, 2, 196_608, 600_001]) {
			const bytes = randomBytes(size);
			const file = await readBase64(encode(bytes));
			expect((await file.content.read()).equals(bytes)).toBe(true);
		}
	});

	test.each([
		['a wrong character', 'AAA!'],
		['a wrong character far behind', `${'A'.repeat(600_000)}é${'A'.repeat(100)}`],
		['padding in the middle', 'AAA=AAAA'],
		['too much padding', 'AAAA==='],
		['a single character left over', 'AAAAA'],
	])('%s is refused, and nothing is left', async (_title, data) => {
		const before = fixture.stored;
		await expect(readBase64(data)).rejects.toMatchObject({ code: 'media_invalid' });
		expect(fixture.incoming).toEqual([]);
		expect(fixture.stored).toEqual(before);
	});

	test.each(['', ' ', '==', '\n='])('%j is an empty file', async (data) => {
		await expect(readBase64(data)).rejects.toMatchObject({
			code: 'media_invalid',
			hint: expect.stringContaining('empty') as string,
		});
	});

	test('base64 above the limit is refused before it is decoded, or where it shows', async () => {
		const code = 'media_too_large';
		await expect(readBase64('A'.repeat(8 * MB))).rejects.toMatchObject({ code });
		await expect(readBase64('A'.repeat(1.36 * MB))).rejects.toMatchObject({ code });
		await expect(readBase64('A'.repeat(1.25 * MB))).resolves.toMatchObject({
			sizeBytes: 0.9375 * MB,
		});
		expect(fixture.incoming).toEqual([]);
	});

	test('what the caller says of a file counts more than what its source says', async () => {
		const stream = () => Readable.from([PDF]);
		const said = { fileName: 'theirs.bin', mimetype: 'image/png' };
		const file = await reader.read({ kind: 'stream', stream: stream(), ...said }, {});
		expect(file).toMatchObject({ fileName: 'theirs.bin', mimetype: 'application/pdf' });
		const facts = { fileName: 'ours.pdf', mimetype: 'application/pdf' };
		const other = await reader.read({ kind: 'stream', stream: stream(), ...said }, facts);
		expect(other).toMatchObject({ fileName: 'ours.pdf', mimetype: 'application/pdf' });
	});

	test('a data URI brings its type and its name along', async () => {
		const uri = `data:text/csv;name=a.csv;base64,${Buffer.from('a;b').toString('base64')}`;
		const file = await reader.read(toMediaSource(uri), {});
		expect(file).toMatchObject({ mimetype: 'text/csv', fileName: 'a.csv', sizeBytes: 3 });
	});
});
