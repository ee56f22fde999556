import { PROMISES } from '../../docs/tables/reliability/promises';
import { readDocument } from './readDocument';

const proofs = PROMISES.map(({ promise, test: proof }) => ({ promise, ...proof }));

test.each(proofs)('"$promise" has its test in $file', ({ file, title }) => {
	const source = readDocument(file);
	const declared = ["'", '"', '`'].map((quote) => quote + title + quote);
	expect(declared.filter((text) => source.includes(text))).toHaveLength(1);
});

test('every command that the document names is a script of package.json', () => {
	const { scripts } = JSON.parse(readDocument('package.json')) as {
		scripts: Record<string, string>;
	};
	const named = [...readDocument('docs/reliability.md').matchAll(/npm (?:run )?([\w:]+)/g)];
	expect(named.length).toBeGreaterThan(0);
	const unknown = named.map(([, name = '']) => name).filter((name) => !(name in scripts));
	expect(unknown.filter((name) => name !== 'ci')).toEqual([]);
});
