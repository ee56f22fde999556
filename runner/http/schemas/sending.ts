import { POLL_LIMITS } from '../../../contract';
import { LINE } from './common';

export const NUMBER = {
	type: ['number', 'string'],
	description: 'Phone number with country code, or a JID of a phone, a LID or a group.',
} as const;

/** Fields of every message that can answer another and name people. */
export const SEND_FIELDS = {
	number: NUMBER,
	quotedMessageId: { type: 'string', description: 'The message this one answers.' },
	quotedChat: {
		...NUMBER,
		description:
			'The chat that message stands in, where it is another than this one. Without it only what the person written to has said elsewhere is quoted.',
	},
	mentions: {
		type: ['array', 'string'],
		maxItems: 1024,
		items: NUMBER,
		description: 'Who is named; "all" for everybody in the group.',
	},
	typing: { type: 'boolean', description: 'Show “typing…” before it is sent.' },
} as const;

/** What more a body has is left alone: clients of the hosted service may send it. */
export const SEND_TEXT_BODY = {
	type: 'object',
	required: ['number', 'message'],
	properties: {
		...SEND_FIELDS,
		message: { type: 'string' },
		linkPreview: { type: 'boolean', description: 'Show a preview of the first link.' },
	},
} as const;

export const SEND_LOCATION_BODY = {
	type: 'object',
	required: ['number', 'latitude', 'longitude'],
	properties: {
		...SEND_FIELDS,
		latitude: { type: 'number', minimum: -90, maximum: 90 },
		longitude: { type: 'number', minimum: -180, maximum: 180 },
		name: { ...LINE, maxLength: 1000 },
		address: { type: 'string', maxLength: 1000 },
	},
} as const;

export const SEND_CONTACT_BODY = {
	type: 'object',
	required: ['number', 'contacts'],
	properties: {
		...SEND_FIELDS,
		contacts: {
			type: 'array',
			minItems: 1,
			maxItems: 100,
			items: {
				type: 'object',
				required: ['name', 'phone'],
				properties: {
					name: { ...LINE, minLength: 1, maxLength: 255 },
					phone: NUMBER,
					organization: { ...LINE, maxLength: 255 },
				},
			},
		},
	},
} as const;

const { minOptions, maxOptions, optionLength, questionLength } = POLL_LIMITS;

export const SEND_POLL_BODY = {
	type: 'object',
	required: ['number', 'question', 'options'],
	properties: {
		...SEND_FIELDS,
		question: { type: 'string', minLength: 1, maxLength: questionLength },
		options: {
			type: 'array',
			minItems: minOptions,
			maxItems: maxOptions,
			uniqueItems: true,
			items: { type: 'string', minLength: 1, maxLength: optionLength },
		},
		selectableCount: {
			type: 'integer',
			minimum: 0,
			maximum: maxOptions,
			description: 'How many options one may choose; 0 for any number. 1 unless given.',
		},
	},
} as const;

export const SEND_REACTION_BODY = {
	type: 'object',
	required: ['number', 'messageId', 'emoji'],
	properties: {
		number: NUMBER,
		messageId: { type: 'string' },
		emoji: { type: 'string', maxLength: 64, description: '"" takes the reaction back.' },
	},
} as const;

export const FORWARD_BODY = {
	type: 'object',
	required: ['number'],
	properties: { number: NUMBER },
} as const;

export const EDIT_BODY = {
	type: 'object',
	required: ['message'],
	properties: { message: { type: 'string' } },
} as const;

export const IDEMPOTENCY_HEADERS = {
	type: 'object',
	properties: {
		'idempotency-key': {
			type: 'string',
			minLength: 1,
			maxLength: 255,
			pattern: '^[\\x20-\\x7e]+$',
			description: 'A retry with the same key within 24 hours sends nothing twice.',
		},
	},
} as const;

const SENT = {
	type: 'object',
	required: ['message', 'phone', 'messageId', 'jid', 'waitedMs'],
	properties: {
		message: { type: 'string' },
		phone: { type: ['number', 'string'], description: 'A number, or the JID of a group or LID.' },
		messageId: { type: 'string' },
		jid: { type: 'string', description: 'Where it went: the number as WhatsApp knows it.' },
		waitedMs: { type: 'number', description: 'How long pace and “typing…” held it back.' },
	},
} as const;

export const SEND_RESPONSES = {
	200: { description: 'WhatsApp has accepted the message.', ...SENT },
	202: {
		description: 'The message is stored and will be sent.',
		...SENT,
		required: [...SENT.required, 'state'],
		properties: { ...SENT.properties, state: { type: 'string', const: 'queued' } },
	},
} as const;

export const MESSAGE_CHAT_QUERY = {
	type: 'object',
	properties: {
		chat: {
			type: 'string',
			minLength: 1,
			maxLength: 100,
			description:
				'Number or JID of a person, or id of a group: the chat the message stands in. Without it, of several with the same id, the first that was stored.',
		},
	},
} as const;

export const MESSAGE_PARAMS = {
	type: 'object',
	required: ['messageId'],
	properties: { messageId: { type: 'string' } },
} as const;
