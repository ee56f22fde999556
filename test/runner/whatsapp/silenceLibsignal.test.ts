import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { silenceLibsignal } from '../../../runner/whatsapp/silenceLibsignal';

describe('silenceLibsignal', () => {
	test('nothing that libsignal prints reaches the console, and everything else does', () => {
		const printed: unknown[][] = [];
		const { info, warn, error } = console;
		const record = (...parts: unknown[]) => void printed.push(parts);
		Object.assign(console, { info: record, warn: record, error: record });
		try {
			silenceLibsignal();
			const sources = join(dirname(require.resolve('libsignal')), 'src');
			const messages = readdirSync(sources)
				.filter((file) => file.endsWith('.js'))
				.flatMap((file) => [
					...readFileSync(join(sources, file), 'utf8').matchAll(
						/^\s*console\.(info|warn|error)\((["'])(.+?)\2/gm,
					),
				]);
			expect(messages.length).toBeGreaterThan(8);
			for (const [, level, , text] of messages) {
				console[level as 'info' | 'warn' | 'error'](text, { privKey: 'secret' });
			}
			expect(printed).toEqual([]);
			console.info('Something of our own');
			expect(printed).toEqual([['Something of our own']]);
		} finally {
			Object.assign(console, { info, warn, error });
		}
	});
});
