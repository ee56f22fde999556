import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';
import { findFreePort } from '../findFreePort';
import type { CredentialTest } from '../N8nApi';
import { credentialType } from '../nodeDrafts';
import { readAdminKey, readInstanceId, readRunner } from '../runnerProcess';
import type { Stage } from '../Stage';

const embedded = { connection: 'embedded', instanceName: 'default' };

/** Makes a credential and asks n8n to test it, as the editor does after saving. */
async function test({ api }: Stage, data: IDataObject): Promise<CredentialTest> {
	const credential = await api.createCredential(credentialType, 'Tested', data);
	return await api.testCredential(credential, data);
}

/** The embedded runner, as if it were one that the user started. */
async function testAtUrl(stage: Stage, apiKey: string): Promise<CredentialTest> {
	return await test(stage, {
		connection: 'runner',
		url: (await readRunner(stage.userFolder)).url,
		apiKey,
		instanceId: await readInstanceId(stage.userFolder),
	});
}

export async function passUnlinked(stage: Stage): Promise<void> {
	const { status, message } = await test(stage, embedded);
	assert.equal(status, 'OK', message);
	assert.match(message, /Instance → Connect/);
}

export async function tellUnreachable(stage: Stage): Promise<void> {
	const url = `http://127.0.0.1:${await findFreePort()}`;
	const data = { connection: 'runner', url, apiKey: 'any', instanceId: 'any' };
	const { status, message } = await test(stage, data);
	assert.equal(status, 'Error');
	assert.match(message, /Nothing answers at/);
}

export async function tellWrongKey(stage: Stage): Promise<void> {
	const { status, message } = await testAtUrl(stage, 'not-the-key');
	assert.equal(status, 'Error');
	assert.match(message, /key/i);
	assert.doesNotMatch(message, /not-the-key/);
}

export async function tellLinked(stage: Stage): Promise<void> {
	for (const tested of [
		await test(stage, embedded),
		await testAtUrl(stage, await readAdminKey(stage.userFolder)),
	]) {
		assert.deepEqual(tested.status, 'OK', tested.message);
		assert.match(tested.message, /Linked to the number ending in 1111 and connected/);
	}
}
