import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { OperationCall } from '../Operation';

/**
 * The same for every retry of an item, so that “Retry on Fail” never sends twice; another one in each
 * run of a loop, each execution, each node and each n8n. Undefined outside of an execution.
 */
export function toIdempotencyKey(
	{ context, itemIndex }: OperationCall,
	body: IDataObject,
): string | undefined {
	const executionId = context.getExecutionId();
	if (!executionId) return undefined;
	const identity = [
		context.getInstanceId(),
		context.getWorkflow().id,
		executionId,
		context.getNode().id,
		context.evaluateExpression('{{ $runIndex }}', itemIndex),
		itemIndex,
		body,
	];
	return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}
