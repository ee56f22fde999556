import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The environment in which `node` and everything npm starts is the Node that runs this test. */
export function createNodeEnv(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
	const ours = path.dirname(process.execPath);
	const inherited = Object.entries(process.env).filter(
		// What `npm run` exports, and settings of another n8n, would be taken for those of ours.
		([name]) =>
			!/^npm_(package|lifecycle|config_local_prefix)|^(N8N|AWW|DB|QUEUE)_|^(WEBHOOK_URL|EXECUTIONS_MODE)$/.test(
				name,
			),
	);
	const env = Object.fromEntries(inherited);
	return { ...env, PATH: `${ours}${path.delimiter}${process.env.PATH ?? ''}`, ...extra };
}

/** Runs a program to its end and resolves to what it printed. Rejects with both its outputs. */
export async function runCommand(
	command: string,
	args: string[],
	options: { cwd: string; env?: Record<string, string> },
): Promise<string> {
	const { stdout } = await execute(command, args, {
		cwd: options.cwd,
		env: createNodeEnv(options.env),
		maxBuffer: 64 * 1024 * 1024,
	}).catch((error: Error & { stdout?: string; stderr?: string }) => {
		const tail = `${error.stdout ?? ''}\n${error.stderr ?? ''}`.trim().slice(-4000);
		throw new Error(`${command} ${args.join(' ')} failed:\n${tail}`, { cause: error });
	});
	return stdout;
}
