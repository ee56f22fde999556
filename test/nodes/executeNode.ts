import { ExecuteContext } from 'n8n-core';
import type { IDataObject, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import { createRunExecutionData } from 'n8n-workflow';
import type { N8nOptions } from './createN8n';
import { createN8n } from './createN8n';

export interface ExecuteNodeOptions extends N8nOptions {
	/** Items, or just their json. One empty item unless given. */
	items?: Array<INodeExecutionData | IDataObject>;
	/** Which run of the node it is, as in a loop. 0 unless given. */
	runIndex?: number;
	/** Aborts as n8n does when the user stops the execution. */
	signal?: AbortSignal;
}

export interface ExecutedNode {
	/** Items per output. */
	output: INodeExecutionData[][];
	hints: NodeExecutionHint[];
}

/**
 * Runs the real `execute` of a node through n8n-core's own ExecuteContext: real parameter
 * resolution, real `helpers.httpRequest`, binary data in memory. Rejects with the node's error.
 */
export async function executeNode(options: ExecuteNodeOptions): Promise<ExecutedNode> {
	const { workflow, node, additionalData } = createN8n(options);
	const items = (options.items ?? [{}]).map(toItem);
	const data = { main: [items] };
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		'manual',
		createRunExecutionData(),
		options.runIndex ?? 0,
		items,
		data,
		{ node, data, source: null },
		[],
		options.signal,
	);
	const output = await options.node.execute?.call(context);
	if (!Array.isArray(output)) throw new Error('The node returned no items');
	return { output, hints: context.hints };
}

function toItem(value: INodeExecutionData | IDataObject): INodeExecutionData {
	return 'json' in value || 'binary' in value ? (value as INodeExecutionData) : { json: value };
}
