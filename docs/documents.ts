export type Language = 'en' | 'hi';

/** The documents that have generated parts; paths from the root of the repository. */
export const DOCUMENTS: ReadonlyArray<{ file: string; language: Language }> = [
	{ file: 'README.md', language: 'en' },
	{ file: 'README.hi.md', language: 'hi' },
	{ file: 'docs/http-api.md', language: 'en' },
	{ file: 'docs/vocabulary.md', language: 'en' },
	{ file: 'docs/reliability.md', language: 'en' },
];
