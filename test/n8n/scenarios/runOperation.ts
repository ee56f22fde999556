import assert from 'node:assert/strict';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { toItems } from '../N8nApi';
import { manualStart, toAction } from '../nodeDrafts';
import { required, type Stage } from '../Stage';
import { toWorkflowDraft } from '../workflowDraft';

type Parameters = INodeParameters & { resource: string; operation: string };

/** Runs operations by hand, each on what the one before put out; resolves to the items of each. */
export async function runOperations(
	{ api, credential }: Stage,
	...steps: Parameters[]
): Promise<INodeExecutionData[][]> {
	const nodes = steps.map((parameters, index) =>
		toAction(`Step ${index + 1}`, required(credential, 'credential'), parameters),
	);
	const name = steps.map(({ operation }) => operation).join(', ');
	const workflow = await api.createWorkflow(toWorkflowDraft(name, [manualStart, ...nodes]));
	const id = required(await api.run(workflow, manualStart.name), 'execution');
	const execution = await api.waitForEnd(id);
	assert.equal(execution.status, 'success', JSON.stringify(execution.run.resultData.error));
	return nodes.map((node) => toItems(execution, node.name));
}

/** Runs one operation by hand and resolves to its only item. */
export async function runOperation(
	stage: Stage,
	parameters: Parameters,
): Promise<INodeExecutionData> {
	const [items = []] = await runOperations(stage, parameters);
	assert.equal(items.length, 1);
	return items[0]!;
}
