import { existsSync, globSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readDocument, ROOT } from './readDocument';

const DOCUMENTS = globSync(['*.md', 'docs/*.md', 'test/simulator/*.md', 'examples/*.md'], {
	cwd: ROOT,
});

const withoutCode = (text: string): string =>
	text.replace(/^```[^]*?^```$/gm, '').replace(/`[^`\n]*`/g, 'x');

/** The anchors of a document's headings, as GitHub makes them. */
function toAnchors(text: string): string[] {
	const headings = text.replace(/^```[^]*?^```$/gm, '').matchAll(/^#{1,6} (.+)$/gm);
	return [...headings].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
			.replaceAll(' ', '-'),
	);
}

test.each(DOCUMENTS)('every link of %s inside the repository leads somewhere', (document) => {
	const links = [...withoutCode(readDocument(document)).matchAll(/\]\(([^)\s]+)\)/g)];
	const broken = links
		.map(([, link = '']) => link)
		.filter((link) => !/^[a-z]+:/.test(link))
		.filter((link) => {
			const [path = '', anchor] = link.split('#');
			const file = path ? resolve(ROOT, dirname(document), path) : join(ROOT, document);
			if (!existsSync(file)) return true;
			return anchor !== undefined && !toAnchors(readDocument(relativeTo(file))).includes(anchor);
		});
	expect(broken).toEqual([]);
});

const relativeTo = (file: string): string => file.slice(ROOT.length + 1);

test('both READMEs have the same sections, tables, links and commands', () => {
	const [english, hindi] = ['README.md', 'README.hi.md'].map((file) => {
		const text = readDocument(file);
		return {
			headings: [...text.matchAll(/^(#+) /gm)].map(([, level]) => level),
			tables: [...text.matchAll(/<!-- generated: (\w+)/g)].map(([, name]) => name),
			links: [...text.matchAll(/\]\(((?!README|#)[^)]+)\)/g)].map(([, link]) => link).sort(),
			commands: [...text.matchAll(/^```sh\n([^]*?)^```/gm)].map(([, command]) => command),
			bullets: [...text.matchAll(/^(?:- |\d\. )/gm)].length,
		};
	});
	expect(hindi).toEqual(english);
});

test('every npm script that the documents name exists', () => {
	const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: object };
	const named = DOCUMENTS.flatMap((document) =>
		[...readDocument(document).matchAll(/\bnpm (?:run ([a-z0-9:]+)|(test|start)\b(?!:))/g)].map(
			([, script, short]) => script ?? short,
		),
	);
	expect(named.filter((name) => !Object.hasOwn(scripts, name ?? ''))).toEqual([]);
});
