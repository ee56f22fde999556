import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import type { ApiClient } from '../transport';
import { ApiFailure, openClient, toNodeError } from '../transport';
import type { Operation } from './Operation';
import { RESOURCES } from './resources';

/** Runs the chosen operation for each item: the node's only item loop. */
export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const openClientOnce = createClientCache(this);
	const output: INodeExecutionData[] = [];
	for (const itemIndex of this.getInputData().keys()) {
		const pairedItem = { item: itemIndex };
		let operation: Operation | undefined;
		let api: ApiClient | undefined;
		try {
			operation = readOperation(this, itemIndex);
			api = await openClientOnce(itemIndex);
			api.refuseUndocumented(operation.route);
			const result = await operation.execute({ context: this, itemIndex, api });
			output.push(...[result].flat().map((item) => ({ ...item, pairedItem })));
		} catch (error) {
			const nodeError = toNodeError(error, {
				node: this.getNode(),
				attempt: operation?.attempt ?? 'begin',
				itemIndex,
				connection: api?.connection,
			});
			if (!this.continueOnFail()) throw nodeError;
			output.push({ json: toErrorJson(nodeError, error), error: nodeError, pairedItem });
		}
	}
	return [output];
}

function readOperation(context: IExecuteFunctions, itemIndex: number): Operation {
	const resourceValue = context.getNodeParameter('resource', itemIndex);
	const operationValue = context.getNodeParameter('operation', itemIndex);
	const resource = RESOURCES.find(({ value }) => value === resourceValue);
	const operation = resource?.operations.find(({ value }) => value === operationValue);
	if (operation) return operation;
	throw new ApiFailure(`this version of the node has no such operation`, {
		hint: 'Choose the resource and the operation again, or update the package n8n-nodes-api-whatsapp-web.',
	});
}

/** Credentials can hold expressions, so they are read for each item, but connected to once. */
function createClientCache(context: IExecuteFunctions): (itemIndex: number) => Promise<ApiClient> {
	const clients = new Map<string, ApiClient>();
	return async (itemIndex) => {
		const credentials = await context.getCredentials('apiWhatsAppWebApi', itemIndex);
		const key = JSON.stringify(credentials);
		const client = clients.get(key) ?? (await openClient(context, credentials));
		clients.set(key, client);
		return client;
	};
}

/** A failed item, for workflows that go on: text, remedy, and the stable code to branch on. */
function toErrorJson(nodeError: Error & { description?: string | null }, error: unknown) {
	return {
		error: nodeError.message,
		hint: nodeError.description ?? null,
		code: error instanceof ApiFailure ? (error.code ?? null) : null,
		status: nodeError instanceof NodeApiError ? Number(nodeError.httpCode) || null : null,
	};
}
