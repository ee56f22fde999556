import { EVENT_NAMES, INSTANCE_STATES } from '../../../contract';
import { NAME, NULLABLE_TEXT, TIME } from './common';
import { PROXY_URL } from './profile';

export const INSTANCE_VIEW = {
	type: 'object',
	required: ['id', 'name', 'state', 'number', 'pushName', 'since', 'lastError'],
	properties: {
		id: { type: 'string' },
		name: { type: 'string' },
		state: { type: 'string', enum: INSTANCE_STATES },
		number: NULLABLE_TEXT,
		pushName: NULLABLE_TEXT,
		since: TIME,
		lastError: NULLABLE_TEXT,
	},
} as const;

export const INSTANCE_NAME = { ...NAME, minLength: 1, maxLength: 100 } as const;

export const CREATE_INSTANCE_BODY = {
	type: 'object',
	required: ['name'],
	additionalProperties: false,
	properties: {
		name: INSTANCE_NAME,
		proxyUrl: PROXY_URL,
		webhooks: {
			type: 'object',
			additionalProperties: false,
			properties: Object.fromEntries(EVENT_NAMES.map((event) => [event, NULLABLE_TEXT])),
		},
	},
} as const;

export const RENAME_INSTANCE_BODY = {
	type: 'object',
	required: ['name'],
	additionalProperties: false,
	properties: { name: INSTANCE_NAME },
} as const;

export const CREATED_INSTANCE = {
	type: 'object',
	required: ['id', 'name', 'apiKey', 'webhookSecret'],
	properties: {
		id: { type: 'string' },
		name: { type: 'string' },
		apiKey: { type: 'string', description: 'Shown this once.' },
		webhookSecret: {
			type: 'string',
			description: 'Signs the deliveries to the five webhook URLs.',
		},
	},
} as const;

export const INSTANCE_LIST = {
	type: 'object',
	required: ['instances'],
	properties: { instances: { type: 'array', items: INSTANCE_VIEW } },
} as const;

export const ROTATED_KEY = {
	type: 'object',
	required: ['id', 'apiKey'],
	properties: {
		id: { type: 'string' },
		apiKey: { type: 'string', description: 'Shown this once; the one before is void.' },
	},
} as const;
