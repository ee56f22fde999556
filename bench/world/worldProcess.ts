import type { WorldApi } from './WorldApi';
import type { RemoteCall, RemoteReply } from './RemoteCall';
import { World } from './World';

/** The world as a process of its own, driven by its parent over IPC; ends with its parent. */
async function main(): Promise<void> {
	const world = await World.start(Number(process.argv[2]));
	process.on('message', (call: RemoteCall) => void answer(world, call));
	process.once('disconnect', () => process.exit(0));
	process.send?.({ id: 0, result: null } satisfies RemoteReply);
}

async function answer(world: World, { id, method, parameters }: RemoteCall): Promise<void> {
	try {
		const run = world[method] as (...all: unknown[]) => ReturnType<WorldApi[keyof WorldApi]>;
		const result: unknown = await run.apply(world, parameters);
		process.send?.({ id, result } satisfies RemoteReply);
	} catch (error) {
		const text = error instanceof Error ? error.message : String(error);
		process.send?.({ id, error: text } satisfies RemoteReply);
	}
}

void main();
