import { fork } from 'node:child_process';
import { join } from 'node:path';
import { killAtExit } from '../killAtExit';
import type { RemoteCall, RemoteReply } from './RemoteCall';
import type { WorldApi } from './WorldApi';

/** Starts the world process; every call is answered over IPC. */
export async function startWorld(seed: number): Promise<WorldApi> {
	const child = fork(join(__dirname, 'worldProcess.ts'), [String(seed)], {
		execArgv: ['-r', '@swc-node/register', '--disable-warning=ExperimentalWarning'],
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	killAtExit(child);
	const open = new Map<number, PromiseWithResolvers<unknown>>();
	const started = Promise.withResolvers<unknown>();
	open.set(0, started);
	let lastId = 0;
	child.on('message', (reply: RemoteReply) => {
		const waiting = open.get(reply.id);
		open.delete(reply.id);
		if ('error' in reply) waiting?.reject(new Error(reply.error));
		else waiting?.resolve(reply.result);
	});
	child.once('exit', () => {
		for (const { reject } of open.values()) reject(new Error('The simulator has ended'));
		open.clear();
	});
	const call = (method: keyof WorldApi, parameters: unknown[]): Promise<unknown> => {
		const waiting = Promise.withResolvers<unknown>();
		const id = ++lastId;
		open.set(id, waiting);
		child.send({ id, method, parameters } satisfies RemoteCall);
		return waiting.promise;
	};
	await started.promise;
	const world = new Proxy({} as WorldApi, {
		get: (_, method) =>
			method === 'then'
				? undefined
				: (...parameters: unknown[]) => call(method as keyof WorldApi, parameters),
	});
	return world;
}
