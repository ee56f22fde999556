import path from 'node:path';
import communityNodes from '@n8n/eslint-plugin-community-nodes';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const root = import.meta.dirname;

/** Where network connections come from; code that must not open any may not import these. */
const networkModules = ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'undici', 'axios'];

/** Only these n8n packages exist at run time inside n8n; every other one is a test's affair. */
const n8nPackages = /^(n8n-|@n8n\/)/;

const whatsappEngine = /^(@whiskeysockets\/baileys|libsignal)(\/|$)/;

/**
 * The architecture: `nodes → contract ← runner`. Each row says which files it binds, which import it
 * refuses and why. `target` is `{ folder }` for a file of this repository (its top folder), or
 * `{ module }` for anything from npm or Node (`node:` prefix removed).
 */
const importBoundaries = [
	{
		files: /^(nodes|credentials)\//,
		refuses: ({ folder }) => folder === 'runner',
		message:
			'nodes/ and credentials/ never import runner/: they reach it over HTTP. Shared types and pure functions live in contract/.',
	},
	{
		files: /^(nodes|credentials)\//,
		except: /^nodes\/embedded\//,
		refuses: ({ module }) => networkModules.includes(module),
		message: 'nodes/ make requests through the n8n helpers only (nodes/ApiWhatsAppWeb/transport/).',
	},
	{
		files: /^(nodes|credentials)\//,
		refuses: ({ module }) => n8nPackages.test(module ?? '') && module !== 'n8n-workflow',
		message: 'Of n8n, nodes/ and credentials/ import n8n-workflow only.',
	},
	{
		files: /^runner\//,
		refuses: ({ folder, module }) =>
			['nodes', 'credentials'].includes(folder) || n8nPackages.test(module ?? ''),
		message:
			'runner/ does not know n8n: it imports neither nodes/, credentials/ nor any n8n package.',
	},
	{
		files: /^contract\//,
		refuses: ({ folder, module }) =>
			folder === undefined ? module !== 'crypto' : folder !== 'contract',
		message:
			'contract/ is types and pure functions, no I/O: it imports nothing but itself and node:crypto.',
	},
	{
		files: /^(nodes|credentials|runner|contract|docs)\//,
		except: /^runner\/whatsapp\//,
		refuses: ({ module }) => whatsappEngine.test(module ?? ''),
		message: 'Only runner/whatsapp/ imports Baileys and libsignal.',
	},
	{
		files: /^(nodes|credentials|runner|contract)\//,
		except: /^(runner\/(main|checkNode|config)\.ts$|nodes\/embedded\/)/,
		refuses: ({ module }) => module === 'process',
		message:
			'Only runner/{main,checkNode,config}.ts and nodes/embedded/ touch the process: take what you need as an argument.',
	},
	{
		files: /^(nodes|credentials|runner|contract)\//,
		refuses: ({ folder }) => ['test', 'bench', 'docs'].includes(folder),
		message: 'Published code never imports test/, bench/ or docs/.',
	},
];

/** What an import names: a folder of this repository, or a module from outside. */
function toTarget(filename, specifier) {
	if (!specifier.startsWith('.')) return { module: specifier.replace(/^node:/, '') };
	const file = path.relative(root, path.resolve(path.dirname(filename), specifier));
	return { folder: file.split(path.sep)[0] };
}

const importBoundariesRule = {
	meta: { type: 'problem', schema: [] },
	create(context) {
		const file = path.relative(root, context.filename).split(path.sep).join('/');
		const rows = importBoundaries.filter((row) => row.files.test(file) && !row.except?.test(file));
		const check = (node) => {
			const specifier = node?.type === 'Literal' && String(node.value);
			if (!specifier) return;
			const target = toTarget(context.filename, specifier);
			for (const row of rows) {
				if (row.refuses(target)) context.report({ node, message: row.message });
			}
		};
		return {
			ImportDeclaration: (node) => check(node.source),
			ExportNamedDeclaration: (node) => check(node.source),
			ExportAllDeclaration: (node) => check(node.source),
			ImportExpression: (node) => check(node.source),
			TSImportType: (node) => check(node.source ?? node.argument?.literal),
			TSExternalModuleReference: (node) => check(node.expression),
			'CallExpression[callee.name="require"]': (node) => check(node.arguments[0]),
			'CallExpression[callee.object.name="require"][callee.property.name="resolve"]': (node) =>
				check(node.arguments[0]),
		};
	},
};

/** `eslint-disable` names its rules and says why: `// eslint-disable-next-line rule -- reason`. */
const disableNeedsReasonRule = {
	meta: { type: 'problem', schema: [] },
	create(context) {
		return {
			Program() {
				for (const comment of context.sourceCode.getAllComments()) {
					const [, rules, reason] =
						/^\s*eslint-disable(?:-next-line|-line)?\b(.*?)(?:\s-{2,}\s(.*))?$/s.exec(
							comment.value,
						) ?? [];
					if (rules === undefined || (rules.trim() && reason?.trim())) continue;
					context.report({
						// Column -1 lies before the comment, where the comment cannot silence this very report.
						loc: { start: { line: comment.loc.start.line, column: -1 }, end: comment.loc.end },
						message: 'A disabled rule is named and has its reason beside it: `rule -- reason`.',
					});
				}
			},
		};
	},
};

const noProcess =
	'Only runner/{main,checkNode,config}.ts and nodes/embedded/ touch the process: take what you need as an argument.';

const processGlobal = { name: 'process', message: noProcess };

const fetchGlobal = {
	name: 'fetch',
	message: 'nodes/ and contract/ make no requests of their own: the n8n helpers do (transport/).',
};

export default tseslint.config(
	{ ignores: ['dist/', 'node_modules/', '.cache/', 'coverage/', 'data/', 'docs/**/*.js'] },
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	{
		plugins: {
			project: {
				rules: {
					'import-boundaries': importBoundariesRule,
					'disable-needs-reason': disableNeedsReasonRule,
				},
			},
		},
		rules: { 'project/disable-needs-reason': 'error' },
	},
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.strict, tseslint.configs.recommendedTypeChecked],
		plugins: { 'import-x': importX },
		settings: {
			'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.json'] })],
			'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
		},
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
		rules: {
			'project/import-boundaries': 'error',
			'import-x/no-cycle': ['error', { ignoreExternal: true }],
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': [
				'error',
				{ checksVoidReturn: { arguments: false } },
			],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
			'@typescript-eslint/consistent-type-imports': 'error',
			// Interfaces that several implementations meet are async although one of them need not be.
			'@typescript-eslint/require-await': 'off',
			// Numbers read well in texts; everything else in a template is still refused.
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			// Keyed stores of Signal and of the simulator are plain objects, as their libraries want them.
			'@typescript-eslint/no-dynamic-delete': 'off',
			// `Promise.withResolvers<void>()`, and callbacks that may be async, need it.
			'@typescript-eslint/no-invalid-void-type': 'off',
			eqeqeq: 'error',
			'no-empty': ['error', { allowEmptyCatch: false }],
		},
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'runner/**/*.ts', 'contract/**/*.ts'],
		rules: {
			// What is imported must be installed with the package: n8n drops dev dependencies.
			'import-x/no-extraneous-dependencies': [
				'error',
				{ devDependencies: false, optionalDependencies: false, peerDependencies: true },
			],
			'no-console': 'error',
			'no-restricted-globals': ['error', processGlobal],
			'no-restricted-properties': [
				'error',
				...['globalThis', 'global'].map((object) => ({
					object,
					property: 'process',
					message: noProcess,
				})),
			],
		},
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'contract/**/*.ts'],
		rules: { 'no-restricted-globals': ['error', processGlobal, fetchGlobal] },
	},
	{
		files: ['runner/{main,checkNode,config}.ts', 'nodes/embedded/**/*.ts'],
		rules: { 'no-restricted-globals': 'off', 'no-restricted-properties': 'off' },
	},
	{ files: ['runner/main.ts'], rules: { 'no-console': 'off' } },
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		// For packages that n8n Cloud does not run: ours starts a process, which Cloud forbids.
		extends: [communityNodes.configs.recommendedWithoutN8nCloudSupport],
	},
	{
		files: ['package.json'],
		extends: [communityNodes.configs.recommendedWithoutN8nCloudSupport],
		languageOptions: {
			parser: tseslint.parser,
			parserOptions: { extraFileExtensions: ['.json'] },
		},
		rules: {
			// A self-hosted package that embeds Baileys: the session runner needs its libraries.
			'@n8n/community-nodes/no-runtime-dependencies': 'off',
			// `overrides` binds this repository's own tools only; npm ignores it in an installed package.
			'@n8n/community-nodes/no-overrides-field': 'off',
			// Written by its contributors together; no one of them stands for the others.
			'@n8n/community-nodes/valid-author': 'off',
			// The repository has no public address yet.
			'@n8n/community-nodes/require-homepage': 'off',
		},
	},
	{
		files: ['test/**/*.ts', 'bench/**/*.ts'],
		rules: {
			// A test that finds null where it needs a value fails there and then: that is what it is for.
			'@typescript-eslint/no-non-null-assertion': 'off',
			// Jest's matchers (`expect.any`, `expect.objectContaining`) are typed as any.
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-argument': 'off',
			// `expect(fake.method)` looks at a method without calling it.
			'@typescript-eslint/unbound-method': 'off',
		},
	},
);
