import fc from 'fast-check';
import { PageHead } from '../../../../runner/media/preview/PageHead';
import { TagReader } from '../../../../runner/media/preview/TagReader';

const read = (...pieces: string[]) => {
	const head = new PageHead();
	for (const piece of pieces) head.push(piece);
	const { title, description, image, isComplete } = head;
	return { title, description, image, isComplete };
};

describe('what a page says of itself', () => {
	test.each([
		['<meta property="og:title" content="A shop">', 'A shop'],
		["<META NAME = 'og:title' CONTENT = 'A shop'/>", 'A shop'],
		['<meta content=Shop property=og:title>', 'Shop'],
		['<meta\n\tcontent="A > B"\n\tproperty="og:title"\n/>', 'A > B'],
		['<meta name="title" property="og:title" content="A shop">', 'A shop'],
		['<meta property="og:title" content=""><title>A shop</title>', 'A shop'],
		['<title data-x="1">A\n  <b>shop</b> &amp; more</title >', 'A <b>shop</b> & more'],
		['<title>First</title><title>Second</title>', 'First'],
		['<title>Own</title><meta name="twitter:title" content="Other">', 'Other'],
		['<!-- <title>No</title> --><title>Yes</title>', 'Yes'],
		['<!--><title>Yes</title>', 'Yes'],
		['<script>"<title>No</title></scripty>"</script><title>Yes</title>', 'Yes'],
		['<style><title>No</title></STYLE\n><title>Yes</title>', 'Yes'],
		['<!doctype html><?xml version="1.0"?><html lang=en><head><title>Yes</title>', 'Yes'],
		['a < b <3 </> <title>Yes</title>', 'Yes'],
		[
			'<meta property="og:title" content="caf&eacute; &#39;&#x1F600;&rsquo; &nope; &#0;">',
			"café '😀’ &nope; \ufffd",
		],
		['<metal property="og:title" content="No"><title>Yes</title>', 'Yes'],
		['<meta property="og:title" content="never ends', undefined],
		['<title>never ends', undefined],
		['', undefined],
	])('%s has the title %j', (html, title) => {
		expect(read(html).title).toBe(title);
	});

	test('a description and a picture are found under each of their names', () => {
		for (const name of ['og:description', 'twitter:description', 'description']) {
			expect(read(`<meta name="${name}" content="of tea">`).description).toBe('of tea');
		}
		for (const name of ['og:image', 'og:image:secure_url', 'twitter:image']) {
			expect(read(`<meta name="${name}" content="/a.png">`).image).toBe('/a.png');
		}
	});

	test.each(['</head>', '<body class="x">'])('nothing counts after %s', (end) => {
		expect(read(`<title>A</title>${end}<meta property="og:title" content="B">`)).toMatchObject({
			title: 'A',
			isComplete: true,
		});
	});

	test('an endless title is cut', () => {
		expect(read(`<title>${'a'.repeat(100_000)}</title>`).title).toHaveLength(8_192);
	});
});

/** What pages are made of, and what breaks parsers. */
const piece = fc.oneof(
	fc.constantFrom(
		...[
			'<',
			'</',
			'<!--',
			'-->',
			'<!',
			'<?',
			'>',
			'/>',
			'"',
			"'",
			'=',
			' ',
			'&#',
			'&amp',
			';',
			'-',
		],
		...['<title>', '</title>', '<script>', '</script', '<style>', '</style >', '<head>', '<div>'],
		...[
			'<meta ',
			'property="og:title"',
			"name='description'",
			'content=',
			'content="A"',
			'<table>',
		],
	),
	fc.string({ maxLength: 8 }),
);
const page = fc
	.array(fc.tuple(piece, fc.integer({ min: 1, max: 50 })), { maxLength: 60 })
	.map((parts) => parts.map(([text, times]) => text.repeat(times)).join(''));

describe('reading any page', () => {
	test('takes each character three times at most, whatever the page is made of', () => {
		fc.assert(
			fc.property(page, (text) => {
				const reader = new TagReader(() => undefined);
				reader.push(text);
				expect(reader.steps).toBeLessThanOrEqual(3 * text.length);
			}),
		);
	});

	test('gives the same, in whatever pieces it arrives', () => {
		fc.assert(
			fc.property(page, fc.array(fc.nat(), { maxLength: 5 }), (text, cuts) => {
				const at = cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b);
				const pieces = [...at, text.length].map((end, index) =>
					text.slice(at[index - 1] ?? 0, end),
				);
				expect(read(...pieces)).toEqual(read(text));
			}),
		);
	});

	test.each([
		['nested elements', '<div>'],
		['misnested elements', '<b><i></b></i>'],
		['tables', '<table><tr><td>'],
		['attributes', '<a '.padEnd(500, 'x=1 ')],
		['one tag of attributes', ' a="b"'],
		['descriptions', '<meta property="og:description" content="x">'],
		['spaces', ' '],
		['beginnings of tags', '<'],
		['ends of titles', '<title></titl'],
		['quotes', '<meta content="'],
		['comments', '<!--'],
		['entities', '<title>&#1;&#1;&#1;&#1'],
	])('of %s without end costs what its length costs', (_what, text) => {
		const stepsFor = (length: number) => {
			const reader = new TagReader(() => undefined);
			reader.push('<meta '.concat(text.repeat(Math.ceil(length / text.length))).slice(0, length));
			return reader.steps;
		};
		expect(stepsFor(512_000)).toBeLessThanOrEqual(3 * 512_000);
		expect(stepsFor(512_000) / stepsFor(64_000)).toBeCloseTo(8, 0);
	});
});
