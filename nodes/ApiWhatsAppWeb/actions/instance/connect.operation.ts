import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { QrCode } from '../../../../contract';
import type { Operation } from '../Operation';
import { isLinked, readQr, startLinking, waitUntilLinked } from './linking';
import { readWaitSeconds } from './readWaitSeconds';

/** `POST /api/instance/connect`, then `GET /api/instance/qr`. */
export const connect: Operation = {
	name: 'Connect',
	value: 'connect',
	action: 'Link a phone by QR code',
	description:
		'Link a phone: the output holds the QR code as a PNG to scan in WhatsApp → Linked devices. Ends as soon as the phone is linked or the time given is over.',
	route: 'connect',
	attempt: 'connect the instance',
	properties: [
		{
			displayName:
				'Execute this step, press “View” in the output, and scan the QR code with the phone: WhatsApp → Linked devices → Link a device. When the code has expired, execute the step again. n8n shows the output of a step once it has ended: to wait for the scan in a workflow, hand the code on first (by e-mail, for example) and let a second Connect wait.',
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
		message: `Press “View” and scan the QR code with the phone: WhatsApp → Linked devices → Link a device. It is valid for ${toSecondsLeft(code)} seconds; after that, execute this step again. Once it is scanned, Instance → Get Status tells “connected”.`,
		type: 'info',
		location: 'outputPane',
	});
	const png = Buffer.from(code.png.slice(code.png.indexOf(',') + 1), 'base64');
	return {
		json: { ...instance, qr: code.qr, expiresAt: code.expiresAt },
		binary: { data: await context.helpers.prepareBinaryData(png, 'qr.png', 'image/png') },
	};
}

function toSecondsLeft({ expiresAt }: QrCode): number {
	return Math.max(0, Math.round((Date.parse(expiresAt) - Date.now()) / 1000));
}
