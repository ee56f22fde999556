import type { EventName, MessageView, QrCode, SendResponse, WebhookBody } from '../../contract';
import { drawQr } from '../../runner/qr/drawQr';
import type { Narrator } from './Narrator';
import { runAction } from './runAction';
import type { Stage } from './Stage';

const OWNER = { number: '15550001111', name: 'Olivia' };
const CONTACT = { number: '15550002222', name: 'Ben' };
const QUESTION = 'Hello Ben, does noon suit you?';
const ANSWER = 'Noon is fine. See you!';

/** Plays the way of a message from n8n to a contact and back; rejects when anything fails to happen. */
export async function tellStory(narrator: Narrator, stage: Stage): Promise<void> {
	const { receiver } = stage;
	const hear = async <Event extends EventName>(
		event: Event,
		tell: (body: Extract<WebhookBody, { event: Event }>) => string,
		matches?: (body: Extract<WebhookBody, { event: Event }>) => boolean,
	) => {
		const body = await receiver.next(event, matches);
		narrator.webhook(event, tell(body));
	};
	const hearStatus = (status: string, id: string) =>
		hear(
			'status',
			() => status,
			(body) => body.status === status && body.messageId === id,
		);

	narrator.step('A server that speaks WhatsApp Web starts on this machine');
	await stage.startSimulator();
	const phone = stage.simulator.createPhone(OWNER);
	const contact = stage.simulator.createContact(CONTACT);
	narrator.fact('simulator', stage.simulator.url);
	narrator.fact('people', `${OWNER.name}, who owns the phone; ${CONTACT.name}, a contact`);

	narrator.step('The session runner starts; webhooks go to a receiver of ours');
	await stage.startRunner();
	const { runner } = stage;
	const { url } = receiver;
	const webhooks = { sent: url, received: url, status: url, disconnected: url, connected: url };
	const instance = await runner.createInstance('demo', webhooks);
	receiver.secret = instance.webhookSecret;
	const access = { url: runner.url, apiKey: instance.apiKey, instanceId: instance.id };
	narrator.fact('runner', runner.url);
	narrator.fact('webhooks to', url);

	narrator.step('n8n runs the node, Instance → Connect: a QR code');
	const { qr } = await runAction<QrCode>(access, { resource: 'instance', operation: 'connect' });
	narrator.picture(toPicture(qr));
	const device = await phone.scan(qr);
	narrator.fact('phone', `${OWNER.name} scans it under Linked devices`);
	await hear('connected', ({ instanceName }) => `instance "${instanceName}" is linked`);
	await device.whenOnline();

	narrator.step('n8n runs the node, Message → Send Text');
	const { messageId } = await runAction<SendResponse>(access, {
		resource: 'message',
		operation: 'sendText',
		number: CONTACT.number,
		message: QUESTION,
	});
	narrator.fact('to', `${CONTACT.name}, ${CONTACT.number}`);
	await hear('sent', ({ messageSent }) => `"${messageSent}"`);

	narrator.step(`${CONTACT.name}'s phone gets it, decrypts it and shows it`);
	const atContact = await contact.receive(({ id }) => id === messageId);
	narrator.fact('on the screen', `"${atContact.text}"`);
	await hearStatus('RECEIVED', messageId);
	contact.markRead(messageId);
	await hearStatus('READ', messageId);

	narrator.step(`${CONTACT.name} answers`);
	await contact.reply(phone, atContact, ANSWER);
	await hear('received', ({ message, senderName }) => `"${message}" from ${senderName}`);
	await hearStatus('REPLIED', messageId);

	narrator.step('n8n runs the node, Message → Get: what became of the question');
	const { statusHistory } = await runAction<MessageView>(access, {
		resource: 'message',
		operation: 'get',
		messageId,
	});
	narrator.fact('history', statusHistory.map(({ status }) => status).join(' → '));

	narrator.step(`${OWNER.name} removes the runner under Linked devices`);
	phone.unlink(device);
	await hear('disconnected', ({ reason }) => `reason: ${reason ?? 'unknown'}`);
}

/** Half blocks, drawn for dark terminals: what is light in the code is filled. */
function toPicture(qr: string): string {
	return drawQr(qr, { isColoured: false });
}
