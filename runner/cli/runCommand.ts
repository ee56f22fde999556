import { resolve } from 'node:path';
import {
	BackupReader,
	exportInstance,
	importInstance,
	loadBackup,
	openDataFolder,
} from '../backup';
import type { RunnerConfig } from '../config';
import { readVersion } from '../readVersion';
import { askPassphrase } from './askPassphrase';
import type { Console } from './Console';
import type { Command } from './readCommand';
import { withEmbeddedKey } from './withEmbeddedKey';

type ExportCommand = Extract<Command, { name: 'export' }>;
type ImportCommand = Extract<Command, { name: 'import' }>;

/** Does what a command says, and tells what follows from it. Throws what `toExit` explains. */
export async function runCommand(
	command: ExportCommand | ImportCommand,
	config: RunnerConfig,
	io: Console,
): Promise<void> {
	const keyed = withEmbeddedKey(config, io.env);
	if (command.name === 'export') await runExport(command, keyed, io);
	else await runImport(command, keyed, io);
}

async function runExport(
	{ instance, withMedia, isCopy, ...command }: ExportCommand,
	config: RunnerConfig,
	io: Console,
): Promise<void> {
	const file = resolve(command.file);
	// Before the question: somebody who runs the runner still need not think of a passphrase.
	const folder = await openDataFolder(config, { mustExist: true });
	try {
		const { name, messageCount, fileCount } = await exportInstance({
			...folder,
			instance,
			file,
			passphrase: await askPassphrase(io, { isNew: true }),
			withMedia,
			isCopy,
			now: new Date(),
			version: readVersion(),
		});
		const files = withMedia ? ` and ${fileCount} files` : '';
		io.output.write(
			`"${name}" was exported with ${messageCount} stored messages${files} to ${file}\n` +
				(isCopy ? COPY_NOTE : MOVE_NOTE),
		);
	} finally {
		await folder.close();
	}
}

async function runImport(
	{ file, newName }: ImportCommand,
	config: RunnerConfig,
	io: Console,
): Promise<void> {
	const passphrase = await askPassphrase(io, { isNew: false });
	const backup = await BackupReader.open(resolve(file), passphrase);
	const loaded = await loadBackup(backup);
	const folder = await openDataFolder(config, { mustExist: false });
	try {
		const { name } = await importInstance({ ...folder, backup, loaded, name: newName });
		const { exportedAt, isCopy } = loaded.manifest;
		io.output.write(
			`"${name}", exported on ${exportedAt}, was imported into ${config.dataDir}\n` +
				(isCopy ? IMPORTED_COPY_NOTE : IMPORTED_NOTE),
		);
	} finally {
		await folder.close();
	}
}

const MOVE_NOTE = `
It does not run here any more. Import the file where it shall live, once: with every message the
keys in it move on, so an older copy of them, used later, could read and send nothing properly.
Delete the file when the instance runs at its new place. Without the passphrase it is worth nothing.
`;

const COPY_NOTE = `
The instance goes on here. Import this copy only if this one is lost for good: two copies of one
login throw each other out, and with every message the keys move on. From an older copy, messages
that came after it may be unreadable; if WhatsApp refuses it, the phone must be linked again.
`;

const IMPORTED_NOTE = `
Start the runner: it connects by itself, without a QR code, and its API key is the same as before.
Do not import the file a second time. Webhook URLs are those of before; change them if n8n has moved.
`;

const IMPORTED_COPY_NOTE = `
This is a copy: make sure that the instance it was made of does not run anywhere any more, or the
two throw each other out. Start the runner: it connects by itself, without a QR code.
`;
