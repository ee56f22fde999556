import { readCommand, UsageError } from '../../../runner/cli/readCommand';

describe('readCommand', () => {
	test('without arguments the runner is started', () => {
		expect(readCommand([])).toEqual({ name: 'start' });
		expect(readCommand(['start'])).toEqual({ name: 'start' });
	});

	test('reads export and import with their options, in any order', () => {
		const plain = { name: 'export', instance: 'shop', file: 'a.backup' };
		expect(readCommand(['export', 'shop', 'a.backup'])).toEqual({
			...plain,
			withMedia: false,
			isCopy: false,
		});
		expect(readCommand(['--copy', 'export', 'shop', '--media', 'a.backup'])).toEqual({
			...plain,
			withMedia: true,
			isCopy: true,
		});
		expect(readCommand(['import', 'a.backup'])).toEqual({
			name: 'import',
			file: 'a.backup',
			newName: undefined,
		});
		expect(readCommand(['import', '--name', ' shop 2 ', 'a.backup'])).toEqual({
			name: 'import',
			file: 'a.backup',
			newName: 'shop 2',
		});
	});

	test('tells what there is when it is asked', () => {
		expect(readCommand(['--help'])).toEqual({ name: 'help' });
		expect(readCommand(['export', '-h'])).toEqual({ name: 'help' });
		expect(readCommand(['-v'])).toEqual({ name: 'version' });
	});

	test.each([
		[['exprot', 'shop', 'file'], 'There is no command "exprot"'],
		[['export', 'shop'], 'export takes the name or id of an instance, and a file'],
		[['export', 'shop', 'file', 'more'], 'export takes'],
		[['import'], 'import takes a file'],
		[['import', 'a', 'b'], 'import takes a file'],
		[['import', 'a', '--copy'], 'import has no option --copy'],
		[['import', 'a', '--name', ' '], '--name takes a name'],
		[['start', 'now'], 'start takes nothing else'],
		[['--media'], 'start has no option --media'],
		// Every user of the machine reads the arguments of its processes.
		[['export', 'shop', 'file', '--passphrase', 'x'], "Unknown option '--passphrase'"],
	])('%j is an error that says how it goes', (args, problem) => {
		expect(() => readCommand(args)).toThrow(UsageError);
		expect(() => readCommand(args)).toThrow(problem);
		expect(() => readCommand(args)).toThrow(/api-whatsapp-web export <instance> <file>/);
	});
});
