import { MESSAGE_TYPES } from '../../../contract';
import { NULLABLE_TEXT, TIME } from './common';
import { MOMENT } from './moment';

const TYPE = { type: 'string', enum: MESSAGE_TYPES } as const;

const CHAT = {
	type: 'object',
	required: ['id', 'type', 'name', 'key'],
	properties: {
		id: { type: 'string', description: 'JID: of the phone when it is known, else of the LID.' },
		type: { type: 'string', enum: ['direct', 'group'] },
		name: NULLABLE_TEXT,
		key: { type: 'string', description: 'Of the conversation: it never changes.' },
	},
} as const;

const SENDER = {
	type: 'object',
	required: ['phone', 'lid', 'name', 'username'],
	properties: {
		phone: NULLABLE_TEXT,
		lid: NULLABLE_TEXT,
		name: NULLABLE_TEXT,
		username: NULLABLE_TEXT,
	},
} as const;

/** What only some kinds have (location, poll, album and the like) follows as it is. */
export const MESSAGE_VIEW = {
	type: 'object',
	required: [
		'messageId',
		'number',
		'message',
		'type',
		'fromMe',
		'timestamp',
		'status',
		'statusHistory',
		'chat',
		'sender',
		'isGroup',
		'edited',
	],
	additionalProperties: true,
	properties: {
		messageId: { type: 'string' },
		number: { type: 'string' },
		message: { type: 'string' },
		type: TYPE,
		chat: CHAT,
		sender: SENDER,
		isGroup: { type: 'boolean' },
		edited: { type: 'boolean' },
		fromMe: { type: 'boolean' },
		timestamp: TIME,
		status: { type: 'string' },
		statusHistory: {
			type: 'array',
			items: {
				type: 'object',
				required: ['status', 'at'],
				properties: {
					status: { type: 'string' },
					at: TIME,
					participant: { type: 'string' },
					reason: { type: 'string' },
				},
			},
		},
	},
} as const;

export const MESSAGE_QUERY = {
	type: 'object',
	properties: {
		chat: {
			type: 'string',
			minLength: 1,
			maxLength: 100,
			description: 'Number or JID of a person, or id of a group.',
		},
		type: TYPE,
		fromMe: { type: 'string', enum: ['true', 'false'] },
		since: MOMENT,
		until: MOMENT,
		limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
		before: {
			type: 'string',
			minLength: 1,
			maxLength: 200,
			description: '`next` of the page before.',
		},
	},
} as const;

export const MESSAGE_LIST = {
	type: 'object',
	required: ['messages', 'next'],
	properties: { messages: { type: 'array', items: MESSAGE_VIEW }, next: NULLABLE_TEXT },
} as const;
