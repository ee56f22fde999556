import { EVENT, NULLABLE_TEXT, TIME } from './common';
import { MOMENT } from './moment';

const STATE = { type: 'string', enum: ['pending', 'delivered', 'failed'] } as const;

export const DELIVERY_QUERY = {
	type: 'object',
	properties: {
		state: STATE,
		event: EVENT,
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

export const DELIVERY_VIEW = {
	type: 'object',
	required: [
		...['id', 'seq', 'eventId', 'event', 'url', 'state', 'attempts', 'createdAt', 'nextAttemptAt'],
	],
	properties: {
		id: { type: 'string' },
		seq: { type: ['integer', 'null'], description: 'As the `webhook-seq` header has it.' },
		eventId: { type: 'string' },
		event: EVENT,
		url: { type: 'string' },
		state: STATE,
		attempts: {
			type: 'array',
			items: {
				type: 'object',
				required: ['at', 'ms', 'status', 'error', 'answer'],
				properties: {
					at: TIME,
					ms: { type: 'number' },
					status: { type: ['integer', 'null'] },
					error: NULLABLE_TEXT,
					answer: NULLABLE_TEXT,
				},
			},
		},
		createdAt: TIME,
		nextAttemptAt: NULLABLE_TEXT,
	},
} as const;

export const DELIVERY_PAGE = {
	type: 'object',
	required: ['deliveries', 'next'],
	properties: { deliveries: { type: 'array', items: DELIVERY_VIEW }, next: NULLABLE_TEXT },
} as const;

export const REDELIVER_BODY = {
	type: ['object', 'null'],
	additionalProperties: false,
	properties: { state: STATE, event: EVENT, since: MOMENT, until: MOMENT },
} as const;

export const REDELIVERED = {
	type: 'object',
	required: ['redelivered', 'skipped'],
	properties: {
		redelivered: { type: 'integer', description: 'How many go out again.' },
		skipped: { type: 'integer', description: 'How many match, but their receiver was removed.' },
	},
} as const;
