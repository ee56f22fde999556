import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { BackupError } from '../backup';
import type { Console } from './Console';

const VARIABLE = 'AWW_BACKUP_PASSPHRASE';
const MIN_CHARACTERS = 12;

/**
 * The passphrase of a backup: from the environment, else typed without being shown, twice for a new
 * one. Never from the arguments, which every user of the machine can read. Throws BackupError.
 */
export async function askPassphrase(
	{ env, input, errorOutput }: Console,
	{ isNew }: { isNew: boolean },
): Promise<string> {
	const given = env[VARIABLE];
	if (given) return isNew ? requireStrength(given) : given;
	if (!input.isTTY) {
		throw new BackupError(
			`Give the passphrase of the backup as ${VARIABLE}, or run this in a terminal.`,
		);
	}
	const ask = async (question: string) => await askHidden(question, input, errorOutput);
	const passphrase = await ask('Passphrase of the backup: ');
	if (!isNew) return passphrase;
	requireStrength(passphrase);
	if ((await ask('Once more: ')) === passphrase) return passphrase;
	throw new BackupError('The two are not the same. Nothing was exported.');
}

/** The backup holds the keys of an account; whoever gets the file may try as long as they like. */
function requireStrength(passphrase: string): string {
	if (passphrase.length >= MIN_CHARACTERS) return passphrase;
	throw new BackupError(
		`The passphrase must have at least ${MIN_CHARACTERS} characters: some random words, say.`,
	);
}

async function askHidden(
	question: string,
	input: Console['input'],
	output: Writable,
): Promise<string> {
	output.write(question);
	const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
	const terminal = createInterface({ input, output: silent, terminal: true });
	const cancelled = new Promise<never>((_, reject) => {
		terminal.once('SIGINT', () => reject(new BackupError('Cancelled.')));
	});
	try {
		return await Promise.race([terminal.question(''), cancelled]);
	} finally {
		terminal.close();
		output.write('\n');
	}
}
