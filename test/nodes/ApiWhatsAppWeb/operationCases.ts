import type { INodeParameters } from 'n8n-workflow';

/** What an operation must ask of the API, and with which fields of the node. */
export interface OperationCase {
	parameters: INodeParameters;
	/** `METHOD /path` */
	request: string;
	query?: Record<string, string>;
	body?: object;
	isSending?: boolean;
}

const number = '+1 555 000 1001';
const to = '15550001001';
const groupId = '120363000000000001@g.us';
const group = `/api/groups/${encodeURIComponent(groupId)}`;
const url = 'https://example.com/file';
const file = { number, fileSource: 'url', fileUrl: url };
const members = { groupId, participants: '+1 555 000 1001, 15550001002' };
const participants = [to, '15550001002'];

function toSending(path: string, parameters: INodeParameters, body: object): OperationCase {
	return { parameters, request: `POST ${path}`, body, isSending: true };
}

/** Every operation that is one request, by resource and operation as workflows store them. */
export const OPERATION_CASES: Record<string, OperationCase> = {
	'chat getAll': { parameters: {}, request: 'GET /api/chats', query: { limit: '50' } },
	'chat markAsRead': { parameters: { number }, request: 'POST /api/read', body: { number: to } },
	'chat rejectCall': {
		parameters: { callId: ' 5A0B ' },
		request: 'POST /api/calls/5A0B/reject',
	},
	'chat setDisappearing': {
		parameters: { number, disappearingSeconds: 86_400 },
		request: `PATCH /api/chats/${to}`,
		body: { disappearingSeconds: 86_400 },
	},
	'chat showTyping': {
		parameters: { number, state: 'recording', seconds: 7 },
		request: 'POST /api/typing',
		body: { number: to, state: 'recording', seconds: 7 },
	},
	'contact checkNumber': { parameters: { number }, request: `GET /api/numbers/${to}` },
	'contact get': { parameters: { number }, request: `GET /api/contacts/${to}` },
	'contact getAll': {
		parameters: { limit: 3 },
		request: 'GET /api/contacts',
		query: { limit: '3' },
	},
	'group addMembers': {
		parameters: members,
		request: `POST ${group}/participants`,
		body: { action: 'add', participants },
	},
	'group create': {
		parameters: { subject: 'Team', participants: members.participants, description: 'Ours' },
		request: 'POST /api/groups',
		body: { subject: 'Team', participants, description: 'Ours' },
	},
	'group demoteMembers': {
		parameters: members,
		request: `POST ${group}/participants`,
		body: { action: 'demote', participants },
	},
	'group get': { parameters: { groupId }, request: `GET ${group}` },
	'group getInviteLink': { parameters: { groupId }, request: `GET ${group}/invite` },
	'group getAll': { parameters: {}, request: 'GET /api/groups' },
	'group join': {
		parameters: { invite: ' https://chat.whatsapp.com/AbC ' },
		request: 'POST /api/groups/join',
		body: { invite: 'https://chat.whatsapp.com/AbC' },
	},
	'group leave': { parameters: { groupId }, request: `POST ${group}/leave` },
	'group promoteMembers': {
		parameters: members,
		request: `POST ${group}/participants`,
		body: { action: 'promote', participants },
	},
	'group removeMembers': {
		parameters: members,
		request: `POST ${group}/participants`,
		body: { action: 'remove', participants },
	},
	'group renewInviteLink': { parameters: { groupId }, request: `POST ${group}/invite` },
	'group setPicture': {
		parameters: { groupId, fileSource: 'url', fileUrl: url },
		request: `PUT ${group}/image`,
		body: { image: url },
	},
	'group update': {
		parameters: { groupId, updateFields: { subject: 'New', announce: true, description: '' } },
		request: `PATCH ${group}`,
		body: { subject: 'New', announce: true, description: '' },
	},
	'instance changeSettings': {
		parameters: {
			settings: {
				read: true,
				download: false,
				messagesPerMinute: 0,
				proxyUrl: ' http://p.example ',
			},
		},
		request: 'POST /api/config/automatic',
		body: { read: true, download: false, messagesPerMinute: 0, proxyUrl: 'http://p.example' },
	},
	'instance getSettings': { parameters: {}, request: 'GET /api/config/automatic' },
	'instance setAbout': {
		parameters: { about: 'Busy' },
		request: 'PUT /api/config/about',
		body: { about: 'Busy' },
	},
	'instance setProfilePicture': {
		parameters: { fileSource: 'base64', fileBase64: 'aGVs\nbG8=' },
		request: 'PUT /api/config/image',
		body: { image: 'aGVsbG8=' },
	},
	'message delete': {
		parameters: { messageId: 'A/1', options: { chat: number } },
		request: 'DELETE /api/message/A%2F1',
		query: { chat: number },
		isSending: true,
	},
	'message downloadMedia': {
		parameters: { messageId: 'FILE' },
		request: 'GET /api/message/FILE/media',
	},
	'message edit': {
		parameters: { messageId: 'A1', message: 'Better' },
		request: 'PUT /api/message/A1',
		body: { message: 'Better' },
		isSending: true,
	},
	'message forward': toSending(
		'/api/message/A1/forward',
		{ messageId: 'A1', number },
		{ number: to },
	),
	'message get': { parameters: { messageId: 'FILE' }, request: 'GET /api/message/FILE' },
	'message getAll': {
		parameters: {
			limit: 5,
			filters: {
				chat: number,
				fromMe: 'true',
				type: 'image',
				since: '2026-01-01',
				until: '2026-02-01T10:00:00Z',
			},
		},
		request: 'GET /api/messages',
		query: {
			limit: '5',
			chat: to,
			fromMe: 'true',
			type: 'image',
			since: '2026-01-01T05:00:00.000Z',
			until: '2026-02-01T10:00:00.000Z',
		},
	},
	'message markAsRead': {
		parameters: { number, messageId: 'A1' },
		request: 'POST /api/read',
		body: { number: to, messageId: 'A1' },
	},
	'message sendAudio': toSending('/api/audio', file, { number: to, voice: true, audio: url }),
	'message sendContact': toSending(
		'/api/contact',
		{
			number,
			contacts: {
				contact: [
					{ name: 'Ana', phone: '+1 555 000 1002', organization: 'Acme' },
					{ phone: 15550001003 },
				],
			},
		},
		{
			number: to,
			contacts: [
				{ name: 'Ana', phone: '15550001002', organization: 'Acme' },
				{ name: '15550001003', phone: '15550001003' },
			],
		},
	),
	'message sendDocument': toSending(
		'/api/document',
		{ ...file, caption: 'Invoice', options: { fileName: 'a.pdf', mimetype: 'application/pdf' } },
		{
			number: to,
			caption: 'Invoice',
			fileName: 'a.pdf',
			mimetype: 'application/pdf',
			document: url,
		},
	),
	'message sendImage': toSending(
		'/api/image',
		{ ...file, caption: '', options: { viewOnce: true } },
		{ number: to, viewOnce: true, image: url },
	),
	'message sendLocation': toSending(
		'/api/location',
		{ number, latitude: -23.5505, longitude: '-46.6333', placeName: 'Shop', address: '1 Main St' },
		{ number: to, latitude: -23.5505, longitude: -46.6333, name: 'Shop', address: '1 Main St' },
	),
	'message sendPoll': toSending(
		'/api/poll',
		{ number, question: 'When?', pollOptions: ['Now', 'Later'], isMultiple: true },
		{ number: to, question: 'When?', options: ['Now', 'Later'], selectableCount: 0 },
	),
	'message sendReaction': toSending(
		'/api/reaction',
		{ number, messageId: 'A1', emoji: '' },
		{ number: to, messageId: 'A1', emoji: '' },
	),
	'message sendSticker': toSending('/api/sticker', file, { number: to, sticker: url }),
	'message sendText': toSending(
		'/api/text',
		{
			number,
			message: 'Hi @15550001002',
			options: {
				quotedMessageId: 'A1',
				quotedChat: groupId,
				mentions: '+1 555 000 1002',
				typing: true,
				linkPreview: false,
			},
		},
		{
			number: to,
			message: 'Hi @15550001002',
			quotedMessageId: 'A1',
			quotedChat: groupId,
			mentions: ['15550001002'],
			typing: true,
		},
	),
	'message sendVideo': toSending(
		'/api/video',
		{ ...file, caption: 'Look', options: { gif: true } },
		{ number: to, caption: 'Look', gif: true, video: url },
	),
};
