import assert from 'node:assert/strict';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { toItems } from '../N8nApi';
import { credentialType, manualStart, toAction } from '../nodeDrafts';
import { required, type Stage } from '../Stage';
import { toWorkflowDraft } from '../workflowDraft';

/** Runs one operation of Instance by hand and resolves to its only item. */
export async function runInstanceOperation(
	{ api, credential }: Stage,
	operation: string,
	parameters: INodeParameters = {},
): Promise<INodeExecutionData> {
	const node = toAction('Instance', required(credential, 'credential'), {
		resource: 'instance',
		operation,
		...parameters,
	});
	const workflow = await api.createWorkflow(toWorkflowDraft(operation, [manualStart, node]));
	const execution = await api.waitForEnd(required(await api.run(workflow, 'Start'), 'execution'));
	assert.equal(execution.status, 'success', JSON.stringify(execution.run.resultData.error));
	const items = toItems(execution, 'Instance');
	assert.equal(items.length, 1);
	return items[0]!;
}

/** With a new credential and nothing else done, Connect gives the QR code that the phone scans. */
export async function linkPhone(stage: Stage): Promise<void> {
	stage.credential = await stage.api.createCredential(credentialType, 'Embedded', {
		connection: 'embedded',
		instanceName: 'default',
	});
	const { json, binary } = await runInstanceOperation(stage, 'connect');
	const [image] = Object.values(binary ?? {});
	assert.equal(image?.mimeType, 'image/png');
	const png = await stage.api.readBinary(image);
	assert.equal(png.subarray(1, 4).toString(), 'PNG');

	assert.ok(typeof json.qr === 'string', 'the QR text is in the output');
	const device = await stage.phone.scan(json.qr);
	await device.whenOnline();
}

/** Connect, asked to wait, ends as soon as the runner is connected; Get Status tells the same. */
export async function showConnected(stage: Stage): Promise<void> {
	const { json } = await runInstanceOperation(stage, 'connect', { waitSeconds: 30 });
	assert.equal(json.state, 'connected');
	assert.equal(json.qr, undefined);
	const { json: status } = await runInstanceOperation(stage, 'getStatus');
	assert.equal(status.state, 'connected');
	assert.equal(Number(status.number), Number(stage.phone.number));
}
