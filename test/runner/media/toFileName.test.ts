import { toFileName } from '../../../runner/media/toFileName';

test.each([
	['invoice.pdf', 'invoice.pdf'],
	['../../etc/passwd', 'passwd'],
	['C:\\Users\\me\\photo.jpg', 'photo.jpg'],
	['  वीडियो.mp4 ', 'वीडियो.mp4'],
	['a\u0000b\r\nc.txt', 'abc.txt'],
	['photo\u202Egpj.exe', 'photogpj.exe'],
	['what?*<>:"|.txt', 'what_______.txt'],
	['\ud800.txt', '\ufffd.txt'],
	['..', null],
	['folder/', null],
	['', null],
	[null, null],
	[undefined, null],
])('%j becomes %j', (text, name) => {
	expect(toFileName(text)).toBe(name);
});

test('a very long name is cut and keeps its extension', () => {
	const name = toFileName(`${'ü'.repeat(5000)}.docx`) ?? '';
	expect(name).toHaveLength(200);
	expect(name).toMatch(/ü\.docx$/);
});
