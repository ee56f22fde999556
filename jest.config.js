/** Jest on the SWC transform: type checking is `npm run typecheck`, tests only need the types gone. */
module.exports = {
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	transform: {
		'\\.ts$': [
			'@swc/jest',
			{
				jsc: { target: 'es2024', parser: { syntax: 'typescript' } },
				module: { type: 'commonjs' },
				sourceMaps: 'inline',
			},
		],
	},
	testPathIgnorePatterns: ['/node_modules/', '/test/n8n/'],
	modulePathIgnorePatterns: ['<rootDir>/.cache', '<rootDir>/dist'],
	maxWorkers: 2,
	// Baileys leaves a timer of 30 s behind after each linking; nothing waits for it.
	forceExit: true,
	// A limit for what hangs; machines under load may take their time.
	testTimeout: 60_000,
};
