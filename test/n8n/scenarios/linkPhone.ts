import assert from 'node:assert/strict';
import { credentialType } from '../nodeDrafts';
import type { Stage } from '../Stage';
import { runOperation } from './runOperation';

const connect = { resource: 'instance', operation: 'connect' };
const getStatus = { resource: 'instance', operation: 'getStatus' };

/** With a new credential and nothing else done, Connect gives the QR code that the phone scans. */
export async function linkPhone(stage: Stage): Promise<void> {
	stage.credential = await stage.api.createCredential(credentialType, 'Embedded', {
		connection: 'embedded',
		instanceName: 'default',
	});
	const { json, binary } = await runOperation(stage, connect);
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
	const { json } = await runOperation(stage, { ...connect, waitSeconds: 30 });
	assert.equal(json.state, 'connected');
	assert.equal(json.qr, undefined);
	const { json: status } = await runOperation(stage, getStatus);
	assert.equal(status.state, 'connected');
	assert.equal(Number(status.number), Number(stage.phone.number));
}
