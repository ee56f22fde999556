import { createHash } from 'node:crypto';
import type { OperationCall } from '../Operation';

/**
 * The same for every retry of an item, so that “Retry on Fail” never sends twice; another one in each
 * run of a loop, each execution, each node and each n8n. Undefined outside of an execution.
 */
export function toIdempotencyKey(
	{ context, itemIndex }: OperationCall,
	content: object,
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
		content,
	];
	return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}
