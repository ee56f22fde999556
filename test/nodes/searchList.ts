import { LoadOptionsContext } from 'n8n-core';
import type { INodeListSearchResult } from 'n8n-workflow';
import type { N8nOptions } from './createN8n';
import { createN8n } from './createN8n';

/** Runs a list search of a node as n8n's editor does when a resource locator is opened. */
export async function searchList(
	options: N8nOptions,
	method: string,
	...[filter, token]: [filter?: string, token?: string]
): Promise<INodeListSearchResult> {
	const { workflow, node, additionalData } = createN8n(options);
	const search = options.node.methods?.listSearch?.[method];
	if (!search) throw new Error(`The node has no list search ${method}`);
	const context = new LoadOptionsContext(workflow, node, additionalData, 'parameters');
	return await search.call(context, filter, token);
}
