import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { ApiFailure, createTestSender, readCredential } from '../transport';
import { testHosted } from './testHosted';
import { testRunner } from './testRunner';

/**
 * The test of the credential: tells apart unreachable, wrong key and wrong instance. Settings that are
 * right pass, linked or not: what a node still needs, that node says.
 */
export async function testConnection(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const send = createTestSender(this);
	try {
		const values = readCredential(credential.data ?? {});
		const message =
			values.connection === 'hosted'
				? await testHosted(values, send)
				: await testRunner(values, send);
		return { status: 'OK', message };
	} catch (error) {
		return { status: 'Error', message: toMessage(error) };
	}
}

function toMessage(error: unknown): string {
	if (error instanceof ApiFailure) return `${error.message}. ${error.hint}`;
	return error instanceof Error ? error.message : String(error);
}
