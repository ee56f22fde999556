import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { QrCode } from '../../../../contract';
import type { Operation } from '../Operation';
import { isLinked, readQr, startLinking, waitUntilLinked } from './linking';
import { readWaitSeconds } from './readWaitSeconds';

/** `POST /api/instance/connect`, then `GET /api/instance/qr`. */
export const connect: Operation = {
	name: 'Connect',
	value: 'connect',
	action: 'Connect the instance and get its QR code',
	description:
		'Link a phone: the output holds the QR code as a PNG to scan in WhatsApp → Linked devices. Ends as soon as the phone is linked or the time given is over.',
	attempt: 'connect the instance',
	properties: [
		{
			displayName:
				'n8n shows the output of a node once the node has ended. With 0 seconds it ends at once: open the QR code in the output and scan it within about a minute. To wait for the scan, hand the code on first (by e-mail, for example) and let a second Connect wait.',
			name: 'waitNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Wait for the Scan (Seconds)',
			name: 'waitSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 3600, numberPrecision: 0 },
			default: 0,
			description:
				'Ends as soon as the phone is linked. When the time is over before, the output holds the QR code that is valid then.',
		},
	],
	async execute(call) {
		const { context, api } = call;
		const waitSeconds = readWaitSeconds(call);
		await startLinking(api);
		const instance = await waitUntilLinked(api, waitSeconds);
		if (isLinked(instance)) return { json: { ...instance } };
		// After a wait the codes may be used up: this makes new ones, or changes nothing.
		if (waitSeconds > 0) await startLinking(api);
		const code = await readQr(api);
		const json = { ...(await api.call('getInstance')) };
		return code ? await showQr(context, json, code) : { json };
	},
};

async function showQr(context: IExecuteFunctions, instance: IDataObject, code: QrCode) {
	context.addExecutionHints({
		message:
			'Scan the QR code in the output with WhatsApp → Linked devices. When it has expired, run this node again.',
		type: 'info',
		location: 'outputPane',
	});
	const png = Buffer.from(code.png.slice(code.png.indexOf(',') + 1), 'base64');
	return {
		json: { ...instance, qr: code.qr, expiresAt: code.expiresAt },
		binary: { data: await context.helpers.prepareBinaryData(png, 'qr.png', 'image/png') },
	};
}
