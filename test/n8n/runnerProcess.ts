import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import {
	RUNNER_FILES,
	toPublishedRunner,
	type InstanceView,
	type PublishedRunner,
	type SubscriptionView,
} from '../../contract';

const execute = promisify(execFile);

/** Where the embedded runner keeps its data under n8n's user folder. */
export function toDataFolder(userFolder: string): string {
	return path.join(userFolder, '.n8n/api-whatsapp-web');
}

/** The embedded runner as it published itself; throws if none did. */
export async function readRunner(userFolder: string): Promise<PublishedRunner> {
	const file = path.join(toDataFolder(userFolder), RUNNER_FILES.endpoint);
	const runner = toPublishedRunner(await readFile(file, 'utf8'));
	if (!runner) throw new Error(`${file} is no runner's`);
	return runner;
}

/** The admin key of the embedded runner. */
export async function readAdminKey(userFolder: string): Promise<string> {
	const file = path.join(toDataFolder(userFolder), RUNNER_FILES.adminKey);
	return (await readFile(file, 'utf8')).trim();
}

/** GET of the embedded runner's API with the admin key, for one instance if an id is given. */
export async function readFromRunner<T>(
	userFolder: string,
	route: string,
	instanceId = '',
): Promise<T> {
	const { url } = await readRunner(userFolder);
	const answer = await fetch(url + route, {
		headers: { apiKey: await readAdminKey(userFolder), ...(instanceId && { id: instanceId }) },
	});
	if (!answer.ok) throw new Error(`The runner answered ${answer.status} to GET ${route}`);
	return (await answer.json()) as T;
}

/** The id of the only instance. */
export async function readInstanceId(userFolder: string): Promise<string> {
	const { instances } = await readFromRunner<{ instances: InstanceView[] }>(
		userFolder,
		'/api/instances',
	);
	if (instances.length !== 1 || !instances[0]) {
		throw new Error(`There are ${instances.length} instances instead of one`);
	}
	return instances[0].id;
}

/** The subscriptions of the only instance. */
export async function readSubscriptions(userFolder: string): Promise<SubscriptionView[]> {
	const { subscriptions } = await readFromRunner<{ subscriptions: SubscriptionView[] }>(
		userFolder,
		'/api/subscriptions',
		await readInstanceId(userFolder),
	);
	return subscriptions;
}

/** Whether a process runs. One that has ended but that nobody has asked about yet does not. */
export async function isRunning(pid: number): Promise<boolean> {
	const state = await execute('ps', ['-o', 'stat=', '-p', String(pid)]).catch(() => undefined);
	return state !== undefined && !state.stdout.trim().startsWith('Z');
}

/** The id of the process that started this one; undefined if it does not run. */
export async function readParent(pid: number): Promise<number | undefined> {
	const line = await execute('ps', ['-o', 'ppid=', '-p', String(pid)]).catch(() => undefined);
	return line && Number.parseInt(line.stdout, 10);
}

/** The ids of all processes whose command line names that folder. */
export async function listProcesses(folder: string): Promise<number[]> {
	const { stdout } = await execute('ps', ['-A', '-o', 'pid=,stat=,args=']);
	return stdout
		.split('\n')
		.filter((line) => line.includes(folder) && !/^\s*\d+\s+Z/.test(line))
		.map((line) => Number.parseInt(line, 10));
}
