import { EVENT_NAMES } from '../../../contract';
import { EVENT, NULLABLE_TEXT, TIME } from './common';

export const SET_WEBHOOK_BODY = {
	type: 'object',
	required: ['URL'],
	properties: { URL: { type: ['string', 'null'], description: 'https; null clears the slot.' } },
} as const;

const FAILING = {
	type: ['object', 'null'],
	required: ['since', 'nextAttemptAt'],
	properties: { since: TIME, nextAttemptAt: TIME },
	description: 'While it fails as a whole: one attempt at a time, the rest waits.',
} as const;

const SLOT = {
	type: 'object',
	required: ['URL', 'disabled', 'failing'],
	properties: { URL: NULLABLE_TEXT, disabled: NULLABLE_TEXT, failing: FAILING },
} as const;

export const WEBHOOK_CONFIG = {
	type: 'object',
	required: EVENT_NAMES,
	properties: Object.fromEntries(EVENT_NAMES.map((event) => [event, SLOT])),
} as const;

export const TEST_RESULT = {
	type: 'object',
	required: ['delivered', 'status', 'ms', 'error', 'answer'],
	properties: {
		delivered: { type: 'boolean' },
		status: { type: ['integer', 'null'] },
		ms: { type: 'number' },
		error: NULLABLE_TEXT,
		answer: NULLABLE_TEXT,
	},
} as const;

const FILTERS = {
	type: 'object',
	additionalProperties: false,
	properties: {
		chats: {
			type: 'array',
			maxItems: 1000,
			items: { type: 'string', minLength: 1, maxLength: 100 },
			description: 'Numbers or JIDs; empty for all chats.',
		},
		includeFromMe: { type: 'boolean' },
		includeGroups: { type: 'boolean' },
		includeGroupChanges: { type: 'boolean' },
	},
} as const;

const SUBSCRIPTION_FIELDS = {
	url: { type: 'string', minLength: 1, maxLength: 4096 },
	events: {
		type: 'array',
		minItems: 1,
		maxItems: EVENT_NAMES.length,
		uniqueItems: true,
		items: EVENT,
	},
	filters: FILTERS,
} as const;

export const CREATE_SUBSCRIPTION_BODY = {
	type: 'object',
	required: ['url', 'events'],
	additionalProperties: false,
	properties: {
		...SUBSCRIPTION_FIELDS,
		secret: { type: 'string', description: 'whsec_… of your own; else one is made.' },
	},
} as const;

export const UPDATE_SUBSCRIPTION_BODY = {
	type: 'object',
	additionalProperties: false,
	properties: {
		...SUBSCRIPTION_FIELDS,
		secret: { type: 'string', description: 'Replaces the one there is, as a rotation does.' },
	},
} as const;

export const SUBSCRIPTION_VIEW = {
	type: 'object',
	required: ['id', 'url', 'events', 'filters', 'disabled', 'failing', 'createdAt'],
	properties: {
		id: { type: 'string' },
		url: { type: 'string' },
		events: { type: 'array', items: EVENT },
		filters: FILTERS,
		disabled: NULLABLE_TEXT,
		failing: FAILING,
		createdAt: TIME,
	},
} as const;

export const CREATED_SUBSCRIPTION = {
	...SUBSCRIPTION_VIEW,
	required: [...SUBSCRIPTION_VIEW.required, 'secret'],
	properties: {
		...SUBSCRIPTION_VIEW.properties,
		secret: { type: 'string', description: 'Shown this once.' },
	},
} as const;

export const SUBSCRIPTION_LIST = {
	type: 'object',
	required: ['subscriptions'],
	properties: { subscriptions: { type: 'array', items: SUBSCRIPTION_VIEW } },
} as const;
