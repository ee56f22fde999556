import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { INodeParameters } from 'n8n-workflow';
import type { CreatedInstance, MediaDetails, MessageView } from '../../../contract';
import { EVENT_NAMES } from '../../../contract';
import { RESOURCES } from '../../../nodes/ApiWhatsAppWeb/actions/resources';
import type { StoredMessage } from '../../../runner/messages/StoredMessage';
import { ChatRepository } from '../../../runner/people/ChatRepository';
import { ContactRepository } from '../../../runner/people/ContactRepository';
import { PNG } from '../../fakes/FakeRunner';
import { MAX_FILE_BYTES } from '../../runner/http/createTestMedia';
import { CONTACT, GROUP } from '../../runner/http/FakePeople';
import type { FakeSession } from '../../runner/http/FakeSessions';
import { ADMIN_KEY, TestApi } from '../../runner/http/TestApi';
import { failOperation, runOperation } from './runOperation';

/* The node against the session runner's own HTTP server, so that the two cannot drift apart. */

let api: TestApi;
let instance: CreatedInstance & { session: FakeSession };
let credential: { connection: string; url: string; apiKey: string; instanceId: string };

beforeAll(async () => {
	api = await TestApi.start();
});
beforeEach(async () => {
	instance = await api.createInstance(expect.getState().currentTestName!);
	const { apiKey, id } = instance;
	credential = { connection: 'runner', url: api.url, apiKey, instanceId: id };
});
afterAll(() => api.stop());

const MESSAGE: MessageView = {
	messageId: '3EB01',
	number: '15550001001',
	message: 'Hello',
	type: 'text',
	fromMe: true,
	isGroup: false,
	chat: { id: '15550001001@s.whatsapp.net', type: 'direct', name: null, key: 'chat_1' },
	sender: { phone: '15550001111', lid: null, name: null, username: null },
	quoted: null,
	mentions: [],
	mentionsMe: false,
	media: null,
	viewOnce: false,
	forwarded: false,
	late: false,
	edited: false,
	timestamp: '2026-01-01T00:00:00.000Z',
	status: 'SENT',
	statusHistory: [],
};

/** As the journal has it, for what quotes or changes it. */
const toStored = (): StoredMessage => ({
	key: { chat: '15550001001@s.whatsapp.net', messageId: '3EB01', isFromMe: true, participant: '' },
	type: 'text',
	text: 'Hello',
	number: '15550001001',
	sentAtMs: Date.now(),
	isDeleted: false,
	details: {},
	content: new Uint8Array([1]),
});

const number = '+1 555 000 1001';
const groupId = GROUP.id;
const jid = '15550001001@s.whatsapp.net';
const toSent = (message: string) => ({ message, phone: 15550001001, jid, waitedMs: 0 });
const members = { groupId, participants: '15550002222' };
const member = { number: '15550002222', ok: true };

interface Case {
	parameters?: INodeParameters;
	answer: object;
	before?: () => unknown;
	/** The file of the item; its type is found by its content. */
	file?: () => Buffer;
	/** What the session is asked to send. */
	draft?: object;
}

const settings = {
	...{ read: true, ownMessages: false, download: false, messagesPerMinute: 0 },
	...{ rejectCalls: true, rejectCallsText: 'Please write to us.' },
};
const fixture = (name: string) => () =>
	readFileSync(join(__dirname, '../../runner/media/voice/fixtures', name));
const png = () => Buffer.from(PNG, 'base64');
const addMessage = () => {
	api.messages.set('3EB01', MESSAGE);
	api.stored.set('3EB01', toStored());
};

const cases: Record<string, Case> = {
	'chat getAll': { before: addPeople, answer: { number: '15550003333', name: 'Ana' } },
	'chat markAsRead': { parameters: { number }, answer: { success: 'Marked as read' } },
	'chat rejectCall': {
		before: () => instance.session.ringing.add('5A0B'),
		parameters: { callId: '5A0B' },
		answer: { success: 'Call rejected' },
	},
	'chat setDisappearing': {
		parameters: { number: '+1 555 000 3333', disappearingSeconds: 0 },
		before: addPeople,
		answer: { id: '15550003333@s.whatsapp.net', disappearingSeconds: 0, messageId: '3EB01' },
		draft: { kind: 'timer', seconds: 0 },
	},
	'chat showTyping': { parameters: { number, seconds: 3 }, answer: { success: 'Typing shown' } },
	'contact checkNumber': { parameters: { number }, answer: { exists: true, jid } },
	'contact get': { parameters: { number }, answer: CONTACT },
	'contact getAll': { before: addPeople, answer: { phone: '15550003333', name: 'Ana' } },
	'group addMembers': { parameters: members, answer: member },
	'group create': {
		parameters: { subject: 'Team', participants: number, description: 'Ours' },
		answer: { ...GROUP, results: [member] },
	},
	'group demoteMembers': { parameters: members, answer: member },
	'group get': { parameters: { groupId }, answer: GROUP },
	'group getInviteLink': { parameters: { groupId }, answer: { code: 'OLD' } },
	'group getAll': { answer: { id: groupId, subject: 'Team' } },
	'group join': {
		parameters: { invite: 'https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv' },
		answer: { id: groupId, pending: false },
	},
	'group leave': { parameters: { groupId }, answer: { success: 'Group left' } },
	'group promoteMembers': { parameters: members, answer: member },
	'group removeMembers': { parameters: members, answer: member },
	'group renewInviteLink': { parameters: { groupId }, answer: { code: 'NEW' } },
	'group setPicture': { parameters: { groupId }, file: png, answer: { success: 'Image changed' } },
	'group update': {
		parameters: { groupId, updateFields: { subject: 'New', announce: true, description: '' } },
		answer: GROUP,
	},
	'instance changeSettings': {
		parameters: { settings },
		answer: { success: 'Automatic reading Updated' },
	},
	'instance connect': {
		before: () => Object.assign(instance.session.state, { state: 'unlinked', number: null }),
		answer: { state: 'linking', qr: '2@ref,key,identity,secret' },
	},
	'instance getPairingCode': { parameters: { number }, answer: { code: 'ABCD1234' } },
	'instance getSettings': { answer: { read: false, download: true } },
	'instance getStatus': { answer: { state: 'connected', number: '15550001111' } },
	'instance logOut': { answer: { state: 'unlinked', number: null } },
	'instance restart': { answer: { state: 'reconnecting' } },
	'instance setAbout': { parameters: { about: 'Busy' }, answer: { success: 'About changed' } },
	'instance setProfilePicture': { file: png, answer: { success: 'Image changed' } },
	'message delete': {
		before: addMessage,
		parameters: { messageId: '3EB01' },
		answer: { ...toSent('Message deleted successfully!'), messageId: '3EB01' },
		draft: { kind: 'delete' },
	},
	'message downloadMedia': {
		before: addFile,
		parameters: { messageId: 'FILE' },
		answer: { fileName: 'Übung.txt', mimetype: 'text/plain', size: 5 },
	},
	'message edit': {
		before: addMessage,
		parameters: { messageId: '3EB01', message: 'Better' },
		answer: { ...toSent('Message edited successfully!'), messageId: '3EB01' },
		draft: { kind: 'edit', text: 'Better' },
	},
	'message forward': {
		before: addMessage,
		parameters: { messageId: '3EB01', number },
		answer: toSent('Message forwarded successfully!'),
		draft: { kind: 'forward' },
	},
	'message get': { before: addMessage, parameters: { messageId: '3EB01' }, answer: MESSAGE },
	'message getAll': {
		before: addMessage,
		parameters: {
			limit: 1,
			filters: {
				chat: number,
				type: 'text',
				fromMe: 'true',
				since: '2026-01-01',
				until: '2027-01-01',
			},
		},
		answer: { chat: MESSAGE.chat },
	},
	'message markAsRead': {
		parameters: { number, messageId: 'A1' },
		answer: { success: 'Marked as read' },
	},
	'message sendAudio': {
		parameters: { number },
		file: fixture('tone.mp3'),
		answer: toSent('Voice note sent successfully!'),
		draft: { kind: 'voice', mimetype: 'audio/ogg; codecs=opus' },
	},
	'message sendContact': {
		parameters: { number, contacts: { contact: [{ name: 'Ana', phone: '15550003333' }] } },
		answer: toSent('Contact sent successfully!'),
		draft: { kind: 'contact' },
	},
	'message sendDocument': {
		parameters: { number, caption: 'Olá "x"' },
		file: () => Buffer.from('%PDF-1.4 hello'),
		answer: toSent('Document sent successfully!'),
		draft: { kind: 'document', fileName: 'Übung 1.bin', caption: 'Olá "x"' },
	},
	'message sendImage': {
		parameters: {
			number,
			caption: 'Look',
			options: { viewOnce: true, mentions: '15550002222' },
		},
		file: png,
		answer: toSent('Image sent successfully!'),
		draft: { kind: 'image', caption: 'Look', viewOnce: true },
	},
	'message sendLocation': {
		parameters: { number, latitude: -23.5, longitude: -46.6, placeName: 'Shop' },
		answer: toSent('Location sent successfully!'),
		draft: { kind: 'location', latitude: -23.5, longitude: -46.6, name: 'Shop' },
	},
	'message sendPoll': {
		parameters: { number, question: 'When?', pollOptions: ['Now', 'Later'], isMultiple: true },
		answer: toSent('Poll sent successfully!'),
		draft: { kind: 'poll', question: 'When?', options: ['Now', 'Later'], selectableCount: 0 },
	},
	'message sendReaction': {
		before: addMessage,
		parameters: { number, messageId: '3EB01', emoji: '👍' },
		answer: toSent('Reaction sent successfully!'),
		draft: { kind: 'reaction', emoji: '👍' },
	},
	'message sendSticker': {
		parameters: { number },
		file: png,
		answer: toSent('Sticker sent successfully!'),
		draft: { kind: 'sticker', mimetype: 'image/webp' },
	},
	'message sendText': {
		before: addMessage,
		parameters: {
			number,
			message: 'Hello',
			options: { quotedMessageId: '3EB01', mentions: '15550002222', typing: true },
		},
		answer: toSent('Text sent successfully!'),
		draft: { kind: 'text', text: 'Hello' },
	},
	'message sendVideo': {
		parameters: { number, options: { gif: true } },
		file: fixture('silent-video.mp4'),
		answer: toSent('Video sent successfully!'),
		draft: { kind: 'video', gif: true, mimetype: 'video/mp4' },
	},
	'webhook changeUrl': {
		parameters: { event: 'status', url: 'https://example.com/status' },
		answer: { success: 'Webhook URL updated' },
	},
	'webhook getUrls': {
		answer: Object.fromEntries(EVENT_NAMES.map((event) => [event, { URL: null, disabled: null }])),
	},
	'webhook listDeliveries': {
		parameters: {
			limit: 1,
			filters: { state: 'failed', event: 'received', since: '2026-01-01', until: '2027-01-01' },
		},
		answer: { id: 'delivery-1', state: 'failed', attempts: [{ status: null }, { status: 500 }] },
	},
	'webhook redeliver': {
		parameters: { deliveryId: 'delivery-1' },
		answer: { id: 'delivery-1', state: 'pending' },
	},
	'webhook sendTest': {
		before: () => api.webhookConfig.urls.set(`${instance.id}/status`, 'https://example.com/s'),
		parameters: { event: 'status' },
		answer: { delivered: true, status: 200 },
	},
};

it('covers every operation', () => {
	const all = RESOURCES.flatMap(({ value, operations }) =>
		operations.map((operation) => `${value} ${operation.value}`),
	);
	expect(Object.keys(cases)).toEqual(all);
});

it.each(Object.entries(cases))('%s', async (names, { before, parameters, answer, file, draft }) => {
	const [resource, operation] = names.split(' ');
	await before?.();
	const items = file ? [toItem(file())] : [{}];
	const given = { resource, operation, ...parameters };
	const result = await runOperation(given, credential, { items });
	expect(result.items[0]?.json).toMatchObject(answer);
	const { fileName } = result.items[0]?.binary?.data ?? {};
	const output: Record<string, string> = { connect: 'qr.png', downloadMedia: 'Übung.txt' };
	expect(fileName).toBe(output[operation!]);
	if (draft) expect(instance.session.drafts).toMatchObject([draft]);
});

it('hands the settings and the people it names over as they were given', async () => {
	const call = async (parameters: INodeParameters) => await runOperation(parameters, credential);
	await call({ resource: 'instance', operation: 'changeSettings', settings });
	const { json } = await call({ resource: 'instance', operation: 'getSettings' });
	expect(json).toEqual({ ...settings, proxyUrl: null });
	await call({ resource: 'group', operation: 'promoteMembers', ...members });
	expect(instance.session.groups.calls.at(-1)).toEqual([
		'changeParticipants',
		groupId,
		'promote',
		['15550002222@s.whatsapp.net'],
	]);
});

it('hands the filters of a list over', async () => {
	const filters = { chat: number, type: 'text', fromMe: 'false', since: '2026-01-01T00:00:00Z' };
	const parameters = { resource: 'message', operation: 'getAll', limit: 7, filters };
	await runOperation(parameters, credential);
	expect(api.listQueries.at(-1)).toEqual({
		limit: 7,
		chatId: jid,
		type: 'text',
		isFromMe: false,
		since: Date.UTC(2026, 0, 1),
	});
});

it('hands over which deliveries are listed, and which go out again', async () => {
	const webhook = {
		resource: 'webhook',
		filters: { event: 'sent', since: '2026-01-01T00:00:00Z' },
	};
	const since = Date.UTC(2026, 0, 1);
	await runOperation({ ...webhook, operation: 'listDeliveries', limit: 1 }, credential);
	expect(api.deliveries.queries.at(-1)).toEqual({ event: 'sent', since, limit: 1 });
	const many = { ...webhook, operation: 'redeliver', deliveries: 'filtered' };
	const { json } = await runOperation(many, credential);
	expect(json).toEqual({ redelivered: 1, skipped: 0 });
	expect(api.deliveries.filters.at(-1)).toEqual({ event: 'sent', since });
	await runOperation({ ...many, deliveries: 'failed' }, credential);
	expect(api.deliveries.filters.at(-1)).toEqual({ state: 'failed' });
});

it('hands over who is named below a file', async () => {
	const mentions = '15550002222, 15550003333';
	const parameters = { resource: 'message', operation: 'sendImage', number, options: { mentions } };
	await runOperation(parameters, credential, { items: [toItem(png())] });
	expect(instance.session.commands[0]?.mentions).toEqual([
		'15550002222@s.whatsapp.net',
		'15550003333@s.whatsapp.net',
	]);
});

it.each(['sendText', 'sendImage'])('hands an Idempotency-Key over with %s', async (operation) => {
	const parameters = { resource: 'message', operation, number, message: 'Hello' };
	await runOperation(parameters, credential, { items: [toItem(png())] });
	expect(instance.session.commands[0]?.idempotency?.key).toMatch(/^[0-9a-f]{64}$/);
});

it('says what is wrong with a file, whoever finds it out', async () => {
	const sendFile = async (operation: string, bytes: Buffer) =>
		await failOperation({ resource: 'message', operation, number }, credential, {
			items: [toItem(bytes)],
		});
	const noImage = await sendFile('sendImage', Buffer.from('hello'));
	expect(noImage.message).toContain('The file cannot be used');
	expect(noImage.description).toContain('Message → Send Document');
	const tooLarge = await sendFile('sendDocument', Buffer.alloc(MAX_FILE_BYTES + 1));
	expect(tooLarge.message).toContain('The file is too large');
	expect(tooLarge.description).toContain('AWW_MEDIA_MAX_MB');
});

it.each([
	['a wrong key', { apiKey: 'wrong' }, 'Invalid API Key'],
	['a wrong instance ID', { instanceId: 'wrong' }, 'Instance not found'],
	[
		'the admin key with a wrong instance ID',
		{ apiKey: ADMIN_KEY, instanceId: 'x' },
		'Instance not',
	],
])('explains %s', async (_, change, message) => {
	const error = await failOperation(
		{ resource: 'instance', operation: 'getStatus' },
		{ ...credential, ...change },
	);
	expect(error.message).toContain(message);
	expect(error.description).toContain('in the credential');
});

function toItem(bytes: Buffer) {
	const data = {
		data: bytes.toString('base64'),
		mimeType: 'application/octet-stream',
		fileName: 'Übung 1.bin',
	};
	return { json: {}, binary: { data } };
}

async function addFile(): Promise<void> {
	const source = Readable.from([Buffer.from('hello')]);
	const file = await api.parts.media.store.add(source, { mimetype: 'text/plain' });
	instance.session.files.set(file.sha256, file);
	const media: MediaDetails = {
		url: 'https://runner.test/media/x',
		mimetype: 'text/plain',
		fileName: 'Übung.txt',
		size: file.sizeBytes,
		sha256: file.sha256,
		caption: null,
		seconds: null,
		width: null,
		height: null,
	};
	api.messages.set('FILE', { ...MESSAGE, messageId: 'FILE', type: 'document', media });
}

/** Someone this instance knows and has a chat with. */
async function addPeople(): Promise<void> {
	const id = '15550003333@s.whatsapp.net';
	const contact = { phone: '15550003333', lid: null, name: 'Ana' };
	const statements = [
		new ContactRepository(api.database, 1e9).put(instance.id, contact, Date.now()),
		new ChatRepository(api.database, 1e9).put(instance.id, { id }, Date.now()),
	];
	await api.database.write(statements.filter((each) => each !== undefined));
}
