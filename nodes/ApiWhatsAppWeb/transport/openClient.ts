import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { ApiClient } from './ApiClient';
import { readCredential } from './readCredential';
import { resolveConnection } from './resolveConnection';
import type { RequestContext } from './sendRequest';
import { createSender } from './sendRequest';

/** A client for a node's credential, in any context n8n runs nodes in. Rejects with an ApiFailure. */
export async function openClient(
	context: RequestContext,
	credentials: ICredentialDataDecryptedObject,
): Promise<ApiClient> {
	const send = createSender(context);
	const credential = readCredential(credentials);
	const connection = await resolveConnection(credential, send);
	const follow = async () => (await resolveConnection(credential, send)).baseUrl;
	return new ApiClient(connection, send, connection.kind === 'embedded' ? follow : undefined);
}
