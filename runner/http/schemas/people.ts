import { DISAPPEARING_SECONDS, TYPING_STATES } from '../../../contract';
import { NULLABLE_TEXT } from './common';
import { NUMBER } from './sending';

export const NUMBER_PARAMS = {
	type: 'object',
	required: ['number'],
	properties: { number: { type: 'string' } },
} as const;

export const PEOPLE_QUERY = {
	type: 'object',
	properties: {
		search: {
			type: 'string',
			maxLength: 200,
			description: 'Part of a name, a number or an id.',
		},
		limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
		before: {
			type: 'string',
			minLength: 1,
			maxLength: 1000,
			description: '`next` of the page before.',
		},
	},
} as const;

export const NUMBER_VIEW = {
	type: 'object',
	required: ['number', 'exists', 'jid', 'lid'],
	properties: {
		number: { type: 'string' },
		exists: { type: 'boolean' },
		jid: { ...NULLABLE_TEXT, description: 'What to send to.' },
		lid: NULLABLE_TEXT,
	},
} as const;

const CONTACT_FIELDS = {
	id: { type: 'string' },
	phone: NULLABLE_TEXT,
	lid: NULLABLE_TEXT,
	name: NULLABLE_TEXT,
	pushName: NULLABLE_TEXT,
	isBusiness: { type: ['boolean', 'null'] },
} as const;

const CONTACT_VIEW = {
	type: 'object',
	required: Object.keys(CONTACT_FIELDS),
	properties: CONTACT_FIELDS,
} as const;

export const CONTACT_LIST = {
	type: 'object',
	required: ['contacts', 'next'],
	properties: { contacts: { type: 'array', items: CONTACT_VIEW }, next: NULLABLE_TEXT },
} as const;

export const CONTACT_DETAILS = {
	type: 'object',
	required: [...CONTACT_VIEW.required, 'about', 'picture', 'business'],
	properties: {
		...CONTACT_FIELDS,
		about: NULLABLE_TEXT,
		picture: NULLABLE_TEXT,
		business: {
			type: ['object', 'null'],
			required: ['description', 'category', 'website', 'email', 'address'],
			properties: {
				description: NULLABLE_TEXT,
				category: NULLABLE_TEXT,
				website: { type: 'array', items: { type: 'string' } },
				email: NULLABLE_TEXT,
				address: NULLABLE_TEXT,
			},
		},
	},
} as const;

export const CHAT_LIST = {
	type: 'object',
	required: ['chats', 'next'],
	properties: {
		chats: {
			type: 'array',
			items: {
				type: 'object',
				required: [
					'id',
					'number',
					'type',
					'name',
					'key',
					'lastMessageAt',
					'unreadCount',
					'disappearingSeconds',
				],
				properties: {
					id: { type: 'string' },
					number: { type: 'string' },
					type: { type: 'string', enum: ['direct', 'group'] },
					name: NULLABLE_TEXT,
					key: { type: 'string', description: 'Of the conversation: it never changes.' },
					lastMessageAt: NULLABLE_TEXT,
					unreadCount: { type: 'integer' },
					disappearingSeconds: {
						type: 'integer',
						description: 'After how long its messages disappear; 0: never.',
					},
				},
			},
		},
		next: NULLABLE_TEXT,
	},
} as const;

export const CHAT_PARAMS = {
	type: 'object',
	required: ['id'],
	properties: { id: { type: 'string', description: 'A number, or the id of a chat.' } },
} as const;

export const UPDATE_CHAT_BODY = {
	type: 'object',
	required: ['disappearingSeconds'],
	properties: {
		disappearingSeconds: {
			type: 'integer',
			enum: DISAPPEARING_SECONDS,
			description: 'After how long its messages disappear: never, a day, 7 days or 90 days.',
		},
	},
} as const;

export const UPDATED_CHAT = {
	type: 'object',
	required: ['id', 'disappearingSeconds'],
	properties: {
		id: { type: 'string' },
		disappearingSeconds: { type: 'integer' },
		messageId: { type: 'string', description: 'Of the message that says it; not in groups.' },
		state: { type: 'string', enum: ['queued'] },
	},
} as const;

export const READ_BODY = {
	type: 'object',
	required: ['number'],
	properties: {
		number: NUMBER,
		messageId: {
			type: 'string',
			minLength: 1,
			description: 'Without it everything unread in the chat.',
		},
	},
} as const;

export const CALL_PARAMS = {
	type: 'object',
	required: ['callId'],
	properties: { callId: { type: 'string' } },
} as const;

export const TYPING_BODY = {
	type: 'object',
	required: ['number', 'state'],
	properties: {
		number: NUMBER,
		state: { type: 'string', enum: TYPING_STATES },
		seconds: { type: 'number', minimum: 1, maximum: 60 },
	},
} as const;
