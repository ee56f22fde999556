import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { detectType } from '../../../runner/media/detectType';

const ZIP = Buffer.concat([
	Buffer.from('504b0304140000000800', 'hex'),
	Buffer.alloc(16),
	Buffer.from('0500000061612e6a70', 'hex'),
	deflateRawSync('hello'),
]);
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex');
const PDF = Buffer.from('%PDF-1.7\n%âãÏÓ\n');
const OLD_WORD = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
const MP4 = Buffer.from('00000018667479706d703432000000006d70343269736f6d', 'hex');
const OPUS = Buffer.concat([
	Buffer.from('4f67675300020000000000000000', 'hex'),
	Buffer.alloc(13),
	Buffer.from([1]),
	Buffer.from('OpusHead'),
	Buffer.alloc(16),
]);
const AMR = Buffer.from('#!AMR\n<data');
const RIFF = Buffer.from('RIFFxxxxWEBPVP8X');
const ASF = Buffer.from('3026b2758e66cf11a6d9', 'hex');
const BINARY = Buffer.from('00010203040506070809fffefdfc', 'hex');

describe('detectType', () => {
	const detect = (content: Buffer | string, given: { mimetype?: string; fileName?: string } = {}) =>
		detectType(new Blob([Uint8Array.from(Buffer.from(content as string))]), given);

	test.each<[string, Buffer | string, { mimetype?: string; fileName?: string }, string, string]>([
		['a JPEG', JPEG, {}, 'image/jpeg', 'jpg'],
		['a JPEG that is called a PNG', JPEG, { mimetype: 'image/png' }, 'image/jpeg', 'jpg'],
		['a JPEG named .jpeg', JPEG, { fileName: 'a.jpeg' }, 'image/jpeg', 'jpeg'],
		['a PNG', PNG, { fileName: 'a.txt' }, 'image/png', 'png'],
		['a PDF that is called an image', PDF, { mimetype: 'image/jpeg' }, 'application/pdf', 'pdf'],
		['a zip renamed .jpg', ZIP, { fileName: 'a.jpg' }, 'application/zip', 'zip'],
		['a zip that is called a PDF', ZIP, { mimetype: 'application/pdf' }, 'application/zip', 'zip'],
		['an MP4', MP4, {}, 'video/mp4', 'mp4'],
		['audio in an MP4', MP4, { fileName: 'a.m4a' }, 'audio/mp4', 'm4a'],
		['a voice note', OPUS, {}, 'audio/ogg; codecs=opus', 'ogg'],
		['an AMR', AMR, {}, 'audio/amr', 'amr'],
		['an old Word file', OLD_WORD, { fileName: 'a.doc' }, 'application/msword', 'doc'],
		['an unnamed old Office file', OLD_WORD, {}, 'application/x-cfb', 'cfb'],
		['a table', 'a;b\n1;2\n', { fileName: 'a.csv' }, 'text/csv', 'csv'],
		[
			'a table in Latin-1',
			Buffer.from('größe;maß\n', 'latin1'),
			{ fileName: 'a.csv' },
			'text/csv',
			'csv',
		],
		[
			'JSON',
			'{"a":1}',
			{ mimetype: 'application/json; charset=utf-8' },
			'application/json',
			'json',
		],
		['a contact card', 'BEGIN:VCARD\n', { fileName: 'a.vcf' }, 'text/vcard', 'vcf'],
		['text without a name', 'hello', {}, 'text/plain', 'txt'],
		['text in UTF-16', Buffer.from('\ufeffhello', 'utf16le'), {}, 'text/plain', 'txt'],
		['a web page', '\n<!DOCTYPE HTML><p>x', {}, 'text/html', 'html'],
		['a web page called an image', '<html>', { mimetype: 'image/png' }, 'text/html', 'html'],
		[
			'a web page named as an image',
			'<!-- x --><head>',
			{ fileName: 'a.jpg' },
			'text/html',
			'html',
		],
		['an SVG', '<svg xmlns="x">', { fileName: 'a.svg' }, 'image/svg+xml', 'svg'],
		['an SVG with prolog', '<?xml version="1.0"?>\n<svg>', {}, 'image/svg+xml', 'svg'],
		['XML', '<?xml version="1.0"?><a/>', {}, 'application/xml', 'xml'],
		['text named as a video', 'hello', { fileName: 'a.mp4' }, 'text/plain', 'txt'],
		['rubbish named as an image', BINARY, { fileName: 'a.png' }, 'application/octet-stream', 'bin'],
		['rubbish called text', BINARY, { mimetype: 'text/plain' }, 'application/octet-stream', 'bin'],
		['a drawing by its name', BINARY, { fileName: 'a.dxf' }, 'image/vnd.dxf', 'dxf'],
		['a type nobody knows', BINARY, { mimetype: 'application/x-own' }, 'application/x-own', 'bin'],
		['audio whose first frame comes late', BINARY, { fileName: 'a.mp3' }, 'audio/mpeg', 'mp3'],
		['nonsense as a type', BINARY, { mimetype: 'a b\r\nc' }, 'application/octet-stream', 'bin'],
		['gzip', gzipSync('x'), { fileName: 'a.gz' }, 'application/gzip', 'gz'],
		['one byte', 'x', { mimetype: 'image/jpeg' }, 'text/plain', 'txt'],
	])('%s', async (_title, content, given, mimetype, extension) => {
		expect(await detect(content, given)).toEqual({ mimetype, extension });
	});

	test('whatever a file holds after a signature, it has some type', async () => {
		const heads = fc.constantFrom(...[JPEG, PNG, PDF, ZIP, MP4, OPUS, AMR, OLD_WORD, RIFF, ASF]);
		const length = fc.integer({ min: 2, max: 40 });
		await fc.assert(
			fc.asyncProperty(
				heads,
				length,
				fc.uint8Array({ maxLength: 200 }),
				async (head, keep, tail) => {
					const type = await detect(Buffer.concat([head.subarray(0, keep), tail]));
					expect(type.mimetype).toMatch(/^[\w.+-]+\/[\w.+-]+(; codecs=\w+)?$/);
					expect(type.extension).toMatch(/^[a-z0-9.]+$/);
				},
			),
			{ numRuns: 300 },
		);
	});
});
