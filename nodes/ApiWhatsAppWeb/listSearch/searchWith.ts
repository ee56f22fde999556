import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { RouteName } from '../../../contract';
import type { ApiClient } from '../transport';
import { openClient, toNodeError } from '../transport';

/** Runs a list search. Below the field n8n shows the message of an error alone, so it says all. */
export async function searchWith(
	context: ILoadOptionsFunctions,
	route: RouteName,
	search: (api: ApiClient) => Promise<INodeListSearchResult>,
): Promise<INodeListSearchResult> {
	let api: ApiClient | undefined;
	try {
		api = await openClient(context, await context.getCredentials('apiWhatsAppWebApi'));
		api.refuseUndocumented(route);
		return await search(api);
	} catch (error) {
		throw toNodeError(error, {
			node: context.getNode(),
			attempt: 'load the list',
			connection: api?.connection,
			isMessageAlone: true,
		});
	}
}
