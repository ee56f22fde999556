import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { ApiFailure } from './ApiFailure';
import type { Connection } from './Connection';

export interface FailedOperation {
	node: INode;
	/** What was attempted, as in “Could not …”: `send the text`. */
	attempt: string;
	itemIndex?: number;
	/** Absent when the failure came before there was one. */
	connection?: Connection;
	/** For places where n8n shows the message alone: the remedy stands in it as well. */
	isMessageAlone?: boolean;
}

/**
 * The one door through which errors reach n8n: the message says what failed on which instance, the
 * description what to do. Errors that n8n itself made (a missing credential, a broken expression)
 * keep their words.
 */
export function toNodeError(
	error: unknown,
	{ node, attempt, itemIndex, connection, isMessageAlone = false }: FailedOperation,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		if (itemIndex !== undefined) error.context.itemIndex ??= itemIndex;
		return error;
	}
	if (!(error instanceof ApiFailure)) {
		return new NodeOperationError(node, error instanceof Error ? error : String(error), {
			itemIndex,
		});
	}
	const where = connection ? ` (instance “${connection.instanceLabel}”)` : '';
	const options = {
		message: `Could not ${attempt}${where}: ${error.message}${isMessageAlone ? `. ${error.hint}` : ''}`,
		description: error.hint,
		itemIndex,
	};
	if (!error.isRemote) return new NodeOperationError(node, options.message, options);
	const { code, status, message, hint } = error;
	const answer: JsonObject = { error: message, hint, ...(code ? { code } : {}) };
	return new NodeApiError(node, answer, {
		...options,
		...(status ? { httpCode: String(status) } : {}),
	});
}
