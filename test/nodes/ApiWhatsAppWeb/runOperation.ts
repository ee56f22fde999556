import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { ApiWhatsAppWebApi } from '../../../credentials/ApiWhatsAppWebApi.credentials';
import { ApiWhatsAppWeb } from '../../../nodes/ApiWhatsAppWeb/ApiWhatsAppWeb.node';
import type { FakeHostedService } from '../../fakes/FakeHostedService';
import type { FakeInstance, FakeRunner } from '../../fakes/FakeRunner';
import type { ExecuteNodeOptions } from '../executeNode';
import { executeNode } from '../executeNode';

/** Runs the action node in n8n-core; gives its first output. */
export async function runOperation(
	parameters: INodeParameters,
	credential: ICredentialDataDecryptedObject,
	options: Partial<ExecuteNodeOptions> = {},
) {
	const { output, hints } = await executeNode({
		node: new ApiWhatsAppWeb(),
		parameters,
		credentials: [{ type: new ApiWhatsAppWebApi(), data: credential }],
		...options,
	});
	const items = output[0]!;
	return { items, json: items[0]?.json, hints };
}

/** The same for what must fail: gives the error the user sees. */
export async function failOperation(
	...args: Parameters<typeof runOperation>
): Promise<Error & { description: string; httpCode?: string; context: { itemIndex?: number } }> {
	const outcome = await runOperation(...args).then(
		() => undefined,
		(error: unknown) => error,
	);
	if (!(outcome instanceof Error)) throw new Error('The operation was expected to fail');
	return outcome as Awaited<ReturnType<typeof failOperation>>;
}

export function toRunnerCredential(runner: FakeRunner, { id, apiKey }: FakeInstance) {
	return { connection: 'runner', url: runner.url, apiKey, instanceId: id };
}

export function toHostedCredential({ url, apiKey, instanceId }: FakeHostedService) {
	return { connection: 'hosted', hostedUrl: url, apiKey, instanceId };
}
