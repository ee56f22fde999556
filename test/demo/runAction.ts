import { basename, join } from 'node:path';
import type { ICredentialType, INodeParameters, INodeType } from 'n8n-workflow';
import { n8n as published } from '../../package.json';
import { executeNode } from '../nodes/executeNode';

const ROOT = join(__dirname, '..', '..');

/** Where the node finds the session runner, as a user would fill in the credential. */
export interface RunnerAccess {
	url: string;
	apiKey: string;
	instanceId: string;
}

/** Runs one operation of the real action node in n8n's own execution engine; gives its first item. */
export async function runAction<Answer>(
	access: RunnerAccess,
	parameters: INodeParameters & { resource: string; operation: string },
): Promise<Answer> {
	const node = await load<INodeType>(published.nodes[0]);
	const type = await load<ICredentialType>(published.credentials[0]);
	const { output } = await executeNode({
		node,
		parameters,
		credentials: [{ type, data: { connection: 'runner', ...access } }],
	});
	const item = output[0]?.[0];
	if (!item) throw new Error(`the node gave no item for ${parameters.operation}`);
	return item.json as Answer;
}

/** Loads a class of the built package as n8n does: the file exports it under the file's own name. */
async function load<Type>(file = ''): Promise<Type> {
	const exported = (await import(join(ROOT, file))) as Record<string, new () => Type>;
	const Class = exported[basename(file).split('.')[0] ?? ''];
	if (!Class) throw new Error(`${file} has no class of its own name: run npm run build`);
	return new Class();
}
