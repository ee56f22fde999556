#!/usr/bin/env node
import './checkNode';
import { readCommand } from './cli/readCommand';
import { runCommand } from './cli/runCommand';
import { USAGE } from './cli/usage';
import { readConfig } from './config';
import { createLogger } from './createLogger';
import { createParts } from './createParts';
import { createRunner } from './createRunner';
import { followParent } from './ownership';
import { readVersion } from './readVersion';
import { toExit } from './toExit';
import { welcome } from './welcome';
import { isConnectionEnd } from './whatsapp/closeReason';

/** What Node's slabs of small buffers were for ten years. */
const SLAB_BYTES = 8 * 1024;

async function main(): Promise<void> {
	const command = readCommand(process.argv.slice(2));
	switch (command.name) {
		case 'help':
			process.stdout.write(USAGE);
			return;
		case 'version':
			process.stdout.write(`${readVersion()}\n`);
			return;
		case 'start':
			return await startRunner();
		default:
			await runCommand(command, readConfig(process.env), {
				env: process.env,
				input: process.stdin,
				output: process.stdout,
				errorOutput: process.stderr,
			});
	}
}

async function startRunner(): Promise<void> {
	const config = readConfig(process.env);
	// Node's crypto makes and drops errors at every call: gathering their stacks takes a fifth of all time.
	if (!['debug', 'trace'].includes(config.logLevel)) Error.stackTraceLimit = 1;
	// A small buffer that is kept keeps the slab it is a part of: 64 KB in newer versions of Node.
	Buffer.poolSize = SLAB_BYTES;
	const logger = createLogger(config);
	const runner = createRunner(config, {
		logger,
		pid: process.pid,
		createParts,
		// Without a goodbye: what it would still do, the other one is doing. A crash loses nothing.
		onOwnershipLost: fail,
		onHandover: () => stop('a newer version takes over'),
	});
	const stopping = new AbortController();
	const stop = (reason: string) => {
		logger.info({ reason }, 'The session runner is stopping');
		stopping.abort();
		void runner.stop().then(() => process.exit(0), fail);
	};
	process.on('unhandledRejection', (error) => {
		// Baileys leaves some answers unwatched: the end of one connection must not end the others.
		if (isConnectionEnd(error)) logger.debug('An answer was cut off by the end of its connection');
		else fail(error);
	});
	process.on('uncaughtException', fail);
	process.once('SIGTERM', stop);
	process.once('SIGINT', stop);
	if (config.embedded) followParent(process, () => stop('the parent process is gone'));

	const started = await runner.start();
	if (config.embedded) return;
	welcome(started, {
		write: (text) => process.stdout.write(text),
		isInteractive: process.stdout.isTTY,
		showQrText: config.whatsappUrl !== undefined,
		signal: stopping.signal,
	}).catch((error: unknown) => logger.error({ err: error }, 'The first start was not completed'));
}

function fail(error: unknown): void {
	const { code, text } = toExit(error);
	process.stderr.write(`${text}\n`);
	process.exit(code);
}

main().catch(fail);
