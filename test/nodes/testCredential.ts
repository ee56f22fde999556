import type { ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { CredentialTestContext } from 'n8n-core';
import type { GivenCredential, N8nOptions } from './createN8n';
import { createN8n, toDecrypted } from './createN8n';

/** Runs the credential test of a node as n8n does when a credential is saved. */
export async function testCredential(
	node: N8nOptions['node'],
	given: GivenCredential,
): Promise<INodeCredentialTestResult> {
	const tests = node.methods?.credentialTest ?? {};
	const { testedBy } =
		node.description.credentials?.find(({ name }) => name === given.type.name) ?? {};
	const test = typeof testedBy === 'string' ? tests[testedBy] : undefined;
	if (!test) throw new Error('The node does not test this credential');
	const context: ICredentialTestFunctions = new CredentialTestContext(
		createN8n({ node }).additionalData,
	);
	return await test.call(context, {
		id: '1',
		name: given.type.displayName,
		type: given.type.name,
		data: toDecrypted(given),
	});
}
