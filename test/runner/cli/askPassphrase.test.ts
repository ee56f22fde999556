import { PassThrough } from 'node:stream';
import { BackupError } from '../../../runner/backup';
import { askPassphrase } from '../../../runner/cli/askPassphrase';

const STRONG = 'four words nobody guesses';

describe('askPassphrase', () => {
	let input: PassThrough & { isTTY?: boolean };
	let shown: string;

	beforeEach(() => {
		input = new PassThrough();
		shown = '';
	});

	function ask(isNew: boolean, env: Record<string, string> = {}): Promise<string> {
		const errorOutput = new PassThrough();
		errorOutput.on('data', (chunk: Buffer) => {
			shown += chunk.toString();
			// A person types once there is a question.
			if (chunk.toString().endsWith(': ')) input.write(answers.shift() ?? '\u0003');
		});
		return askPassphrase({ env, input, output: new PassThrough(), errorOutput }, { isNew });
	}
	let answers: string[] = [];

	test('takes it from the environment, without a question', async () => {
		expect(await ask(true, { AWW_BACKUP_PASSPHRASE: STRONG })).toBe(STRONG);
		expect(await ask(false, { AWW_BACKUP_PASSPHRASE: 'short' })).toBe('short');
		expect(shown).toBe('');
	});

	test('asks for a new one twice and shows neither', async () => {
		input.isTTY = true;
		answers = [`${STRONG}\r`, `${STRONG}\r`];
		expect(await ask(true)).toBe(STRONG);
		expect(shown).toBe('Passphrase of the backup: \nOnce more: \n');
	});

	test('asks for that of a backup once', async () => {
		input.isTTY = true;
		answers = ['old\r'];
		expect(await ask(false)).toBe('old');
		expect(shown).toBe('Passphrase of the backup: \n');
	});

	test('refuses a weak new one, two that differ, and none at all', async () => {
		await expect(ask(true, { AWW_BACKUP_PASSPHRASE: 'short' })).rejects.toThrow(/at least 12/);
		await expect(ask(true)).rejects.toThrow(/AWW_BACKUP_PASSPHRASE, or run this in a terminal/);
		input.isTTY = true;
		answers = [`${STRONG}\r`, `${STRONG}.\r`];
		await expect(ask(true)).rejects.toThrow(/not the same/);
	});

	test('Ctrl+C ends the question', async () => {
		input.isTTY = true;
		answers = [];
		await expect(ask(true)).rejects.toThrow(BackupError);
	});
});
