import { findOrStartRunner } from '../../embedded/findOrStartRunner';
import { ApiClient } from './ApiClient';
import { ApiFailure } from './ApiFailure';
import type { Connection } from './Connection';
import { findOrCreateInstance } from './findOrCreateInstance';
import type { Credential } from './readCredential';
import type { SendRequest } from './sendRequest';

/** Finds or starts the embedded session runner; a parameter so that tests can bring their own. */
export type FindRunner = typeof findOrStartRunner;

/**
 * Turns a credential into a connection. Embedded: starts the runner if need be, and makes the
 * instance on first use. Rejects with an ApiFailure.
 */
export async function resolveConnection(
	credential: Credential,
	send: SendRequest,
	findRunner: FindRunner = findOrStartRunner,
): Promise<Connection> {
	if (credential.connection !== 'embedded') {
		const { connection: kind, baseUrl, apiKey, instanceId } = credential;
		return { kind, baseUrl, headers: { apiKey, id: instanceId }, instanceLabel: instanceId };
	}
	const { instanceName } = credential;
	const admin = await connectAsAdmin(instanceName, send, findRunner);
	const id = await findOrCreateInstance(admin, instanceName);
	const { connection } = admin;
	return { ...connection, headers: { ...connection.headers, id } };
}

/** A client of the embedded runner that acts for no instance yet. */
export async function connectAsAdmin(
	instanceName: string,
	send: SendRequest,
	findRunner: FindRunner = findOrStartRunner,
): Promise<ApiClient> {
	const { url, adminKey } = await findRunner().catch((error: unknown): never => {
		throw new ApiFailure('The embedded session runner could not be started', {
			hint: error instanceof Error ? error.message : String(error),
		});
	});
	const connection: Connection = {
		kind: 'embedded',
		baseUrl: url.replace(/\/+$/, ''),
		headers: { apiKey: adminKey, id: '' },
		instanceLabel: instanceName,
	};
	return new ApiClient(connection, send);
}
