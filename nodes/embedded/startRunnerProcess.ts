import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { EXIT_OWNED_BY_ANOTHER } from '../../contract';
import type { RunnerLog } from './RunnerLog';
import { toEncryptionEnv } from './toEncryptionEnv';
import { toRunnerEnv } from './toRunnerEnv';

export interface RunnerProcess {
	readonly pid: number | undefined;
	/** Settles once the process is gone. */
	readonly exited: Promise<RunnerExit>;
	kill(signal: NodeJS.Signals): void;
}

export interface RunnerExit {
	/** Whether it gave way because another process owns the data folder. */
	yielded: boolean;
	/** How it ended, and its last words. */
	reason: string;
}

export interface RunnerProcessOptions {
	/** Arguments of Node: the runner's main file, with what must stand before it. */
	args: readonly string[];
	dataDir: string;
	env: NodeJS.ProcessEnv;
	log: RunnerLog;
}

/**
 * Starts a runner as a child of this process. It ends with this process, killed with SIGKILL
 * included, as its IPC channel closes then; it does not keep this process from exiting.
 */
export function startRunnerProcess(options: RunnerProcessOptions): RunnerProcess {
	const { args, dataDir, env, log } = options;
	const output = log.open();
	const logStart = log.size();
	try {
		// eslint-disable-next-line @n8n/community-nodes/no-dangerous-functions -- the embedded runner is a child process by design: our own file, no shell, nothing of the user's in its arguments
		const child = spawn(process.execPath, args, {
			env: { ...toRunnerEnv(env, dataDir), ...toEncryptionEnv(env) },
			stdio: ['ignore', output, output, 'ipc'],
			// Ctrl+C in a terminal reaches the whole group; n8n still needs the runner while it stops.
			detached: true,
			windowsHide: true,
		});
		child.unref();
		child.channel?.unref();
		const exited = new Promise<RunnerExit>((resolve) => {
			child.once('error', (error) => resolve({ yielded: false, reason: error.message }));
			child.once('exit', (code, signal) => {
				const lastWords = log.readTail(logStart);
				resolve({
					yielded: code === EXIT_OWNED_BY_ANOTHER,
					reason: `${signal ?? `exit code ${code ?? '?'}`}${lastWords && `: ${lastWords}`}`,
				});
			});
		});
		return { pid: child.pid, exited, kill: (signal) => void child.kill(signal) };
	} finally {
		closeSync(output);
	}
}
