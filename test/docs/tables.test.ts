import { DOCUMENTS } from '../../docs/documents';
import { fillTables } from '../../docs/fillTables';
import { readDocument } from './readDocument';

test.each(DOCUMENTS)('the tables of $file say what the code says (npm run docs)', (document) => {
	const text = readDocument(document.file);
	expect(fillTables(text, document.language)).toBe(text);
	expect(text).toContain('<!-- generated: ');
});

test('a marker without a table behind it is refused', () => {
	const text =
		'<!-- prettier-ignore-start -->\n<!-- generated: nothing (npm run docs) -->\n<!-- prettier-ignore-end -->';
	expect(() => fillTables(text, 'en')).toThrow('nothing');
});
