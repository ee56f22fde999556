import assert from 'node:assert/strict';
import sharp from 'sharp';
import { toItems } from '../N8nApi';
import { end, manualStart, toAction, toTrigger } from '../nodeDrafts';
import { required, type Stage } from '../Stage';
import { toWorkflowDraft } from '../workflowDraft';
import { activate } from './activate';

/** A picture that a node before ours put out as a file reaches the contact as it is. */
export async function sendImageFromBinary(stage: Stage): Promise<void> {
	const { api, contact } = stage;
	const picture = await createPicture();
	const workflow = await api.createWorkflow(
		toWorkflowDraft('Picture', [
			manualStart,
			{
				name: 'Text',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				parameters: {
					assignments: {
						assignments: [
							{ id: '1', name: 'file', type: 'string', value: picture.toString('base64') },
						],
					},
				},
			},
			{
				name: 'File',
				type: 'n8n-nodes-base.convertToFile',
				typeVersion: 1.1,
				parameters: {
					operation: 'toBinary',
					sourceProperty: 'file',
					options: { fileName: 'red.png', mimeType: 'image/png' },
				},
			},
			toAction('Send', required(stage.credential, 'credential'), {
				resource: 'message',
				operation: 'sendImage',
				number: contact.number,
				caption: 'red',
			}),
		]),
	);
	const id = required(await api.run(workflow, manualStart.name), 'execution');
	const execution = await api.waitForEnd(id);
	assert.equal(execution.status, 'success', JSON.stringify(execution.run.resultData.error));
	const [sent] = toItems(execution, 'Send');
	const received = await contact.receive(({ message }) => Boolean(message.imageMessage));
	assert.equal(received.id, sent?.json.messageId);
	assert.equal(received.text, 'red');
	assert.deepEqual(await contact.download(received), picture);
}

/** A document of the contact starts a workflow with the file as n8n's own. */
export async function receiveDocumentAsBinary(stage: Stage): Promise<void> {
	const { api, contact, phone } = stage;
	const credential = required(stage.credential, 'credential');
	const workflow = await activate(
		stage,
		toWorkflowDraft('Documents', [
			toTrigger(credential, ['received'], { types: ['document'], downloadMedia: true }),
			end,
		]),
	);
	const file = Buffer.from('%PDF-1.4\nan invoice, as far as anybody can tell\n%%EOF\n');
	const fields = { mimetype: 'application/pdf', fileName: 'invoice.pdf' };
	await contact.sendMedia(phone, 'document', file, fields);
	const [execution] = await api.waitForExecutions(workflow, 1);
	const [item] = toItems(required(execution, 'execution'), 'End');
	const binary = required(item?.binary?.data, 'binary property "data"');
	assert.equal(binary.fileName, 'invoice.pdf');
	assert.equal(binary.mimeType, 'application/pdf');
	assert.deepEqual(await api.readBinary(binary), file);
	await api.deactivate(workflow);
}

/** A message in a group is answered there, quoting it. */
export async function replyInGroup(stage: Stage): Promise<void> {
	const { contact, phone, simulator } = stage;
	const credential = required(stage.credential, 'credential');
	const group = simulator.createGroup({ subject: 'Team', participants: [contact, phone] });
	const workflow = await activate(
		stage,
		toWorkflowDraft('Group', [
			toTrigger(credential, ['received'], { chats: group.jid }),
			toAction('Reply', credential, {
				resource: 'message',
				operation: 'sendText',
				number: '={{ $json.number }}',
				message: '=Noted, {{ $json.senderName }}',
				options: { quotedMessageId: '={{ $json.messageId }}' },
			}),
		]),
	);
	const id = await contact.sendText(group, 'lunch at one?');
	const reply = await contact.receive(({ text }) => text === `Noted, ${contact.name}`);
	assert.equal(reply.chatJid, group.jid);
	const contextInfo = reply.message.extendedTextMessage?.contextInfo;
	assert.equal(contextInfo?.stanzaId, id);
	assert.equal(contextInfo.quotedMessage?.conversation, 'lunch at one?');
	await stage.api.deactivate(workflow);
}

function createPicture(): Promise<Buffer> {
	const create = { width: 64, height: 32, channels: 3, background: 'red' } as const;
	return sharp({ create }).png().toBuffer();
}
