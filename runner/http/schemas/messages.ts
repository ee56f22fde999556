import { TIME } from './common';

export const NUMBER = {
	type: ['number', 'string'],
	description: 'Phone number with country code, or a JID of a phone, a LID or a group.',
} as const;

/** What more a body has is left alone: clients of the hosted service may send it. */
export const SEND_TEXT_BODY = {
	type: 'object',
	required: ['number', 'message'],
	properties: {
		number: NUMBER,
		message: { type: 'string' },
	},
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
	required: ['message', 'phone', 'messageId'],
	properties: {
		message: { type: 'string' },
		phone: { type: ['number', 'string'], description: 'A number, or the JID of a group or LID.' },
		messageId: { type: 'string' },
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

export const MESSAGE_PARAMS = {
	type: 'object',
	required: ['messageId'],
	properties: { messageId: { type: 'string' } },
} as const;

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
	],
	additionalProperties: true,
	properties: {
		messageId: { type: 'string' },
		number: { type: 'string' },
		message: { type: 'string' },
		type: { type: 'string' },
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
