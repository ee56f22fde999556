import { readFileName } from '../../../../runner/media/fetch/readFileName';

const URL_TEXT = 'https://files.example/a/from%20path.pdf?name=no';

test.each([
	['attachment; filename="plain.pdf"', 'plain.pdf'],
	['attachment; filename=token.pdf; size=5', 'token.pdf'],
	['inline;filename="a\\"b;c.pdf"', 'a"b;c.pdf'],
	['attachment; filename="EURO.txt"; filename*=UTF-8\'\'%e2%82%ac%20rates.txt', '€ rates.txt'],
	["attachment; filename*=iso-8859-1'en'%A3%20rates.txt", '£ rates.txt'],
	[`attachment; filename="${Buffer.from('ä€.txt').toString('latin1')}"`, 'ä€.txt'],
	['attachment; filename="\u00e4.txt"', 'ä.txt'],
	["attachment; filename*=UTF-8''%E0%A4%A", 'from path.pdf'],
	["attachment; filename*=koi8-r''x; filename=y.txt", 'y.txt'],
	['attachment', 'from path.pdf'],
	[undefined, 'from path.pdf'],
	[['a'], 'from path.pdf'],
])('%j names the file %j', (disposition, name) => {
	expect(readFileName(URL_TEXT, disposition)).toBe(name);
});

test('a URL without a name in its path gives none', () => {
	expect(readFileName('https://files.example/', undefined)).toBeNull();
	expect(readFileName('https://files.example/a/%', undefined)).toBeNull();
});
