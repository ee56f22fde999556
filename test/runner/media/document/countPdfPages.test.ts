import { countPdfPages } from '../../../../runner/media/document/countPdfPages';

const count = (text: string | Buffer) => {
	const bytes = Buffer.from(text as string, 'latin1');
	return countPdfPages({
		sizeBytes: bytes.length,
		read: async (span) => bytes.subarray(span?.start, (span?.end ?? bytes.length) + 1),
	});
};
const pdf = (...objects: string[]) =>
	`%PDF-1.4\n${objects.map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`).join('')}%%EOF\n`;
const root = (pages: number, more = '') =>
	`<< /Type /Pages /Count ${pages} /Kids [2 0 R] ${more}>>`;

test('the root of the list of pages says how many there are, wherever it stands', async () => {
	expect(await count(pdf(root(7)))).toBe(7);
	expect(await count(pdf('<</Kids[2 0 R]/Count 12/Type/Pages>>'))).toBe(12);
	const branch = root(3, '/Parent 1 0 R ');
	expect(await count(pdf(branch, root(9), branch, '<< /Type /Page >>'))).toBe(9);
	expect(await count(pdf(`(${'x'.repeat(1_048_500)})`, root(4)))).toBe(4);
	expect(await count(pdf(`(${'x'.repeat(3_000_000)})`, root(5)))).toBe(5);
});

test('of a file that was changed, the last one counts', async () => {
	expect(await count(pdf(root(7), root(8)))).toBe(8);
});

test.each([
	['a file that is none', root(7)],
	['a compressed list', pdf('<< /Type /ObjStm /N 5 >> stream x endstream')],
	['a list without an end', `%PDF-1.4\n1 0 obj\n${root(7)}`],
	['no pages', pdf(root(0))],
	['more pages than anybody reads', pdf(root(1_000_000_000))],
	['nothing', ''],
])('%s says nothing', async (_what, text) => {
	expect(await count(text)).toBeNull();
});

test('a file of nothing but lists is given up in time', async () => {
	const beganMs = performance.now();
	expect(await count(pdf('/Type/Pages'.repeat(2_000_000)))).toBeNull();
	expect(performance.now() - beganMs).toBeLessThan(2000);
});
