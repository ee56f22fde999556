import { PARTICIPANT_ACTIONS } from '../../../contract';
import { NAME, NULLABLE_TEXT } from './common';
import { NUMBER } from './sending';

/** Whether it is one of a group is for WhatsApp to say: unknown ones have an error of their own. */
export const GROUP_PARAMS = {
	type: 'object',
	required: ['groupId'],
	properties: { groupId: { type: 'string' } },
} as const;

const SUBJECT = { ...NAME, minLength: 1, maxLength: 100 } as const;
const DESCRIPTION = { type: 'string', maxLength: 2048 } as const;

/** WhatsApp takes groups of up to 1,024 members, this account included. */
const PARTICIPANTS = { type: 'array', minItems: 1, maxItems: 1023, items: NUMBER } as const;

export const CREATE_GROUP_BODY = {
	type: 'object',
	required: ['subject', 'participants'],
	properties: { subject: SUBJECT, participants: PARTICIPANTS, description: DESCRIPTION },
} as const;

export const UPDATE_GROUP_BODY = {
	type: 'object',
	properties: {
		subject: SUBJECT,
		description: { ...DESCRIPTION, description: 'An empty one takes it away.' },
		announce: { type: 'boolean', description: 'Only admins may write.' },
		locked: {
			type: 'boolean',
			description: 'Only admins may change subject, description and picture.',
		},
	},
} as const;

export const CHANGE_PARTICIPANTS_BODY = {
	type: 'object',
	required: ['action', 'participants'],
	properties: {
		action: { type: 'string', enum: PARTICIPANT_ACTIONS },
		participants: PARTICIPANTS,
	},
} as const;

export const JOIN_BODY = {
	type: 'object',
	required: ['invite'],
	properties: {
		invite: {
			type: 'string',
			minLength: 1,
			maxLength: 300,
			description: 'A link such as https://chat.whatsapp.com/… or its code.',
		},
	},
} as const;

const GROUP_FIELDS = {
	id: { type: 'string' },
	subject: { type: 'string' },
	description: NULLABLE_TEXT,
	owner: NULLABLE_TEXT,
	createdAt: NULLABLE_TEXT,
	size: { type: 'integer' },
	announce: { type: 'boolean' },
	locked: { type: 'boolean' },
	isAdmin: { type: 'boolean' },
} as const;

const GROUP_VIEW = {
	type: 'object',
	required: Object.keys(GROUP_FIELDS),
	properties: GROUP_FIELDS,
} as const;

export const GROUP_LIST = {
	type: 'object',
	required: ['groups'],
	properties: { groups: { type: 'array', items: GROUP_VIEW } },
} as const;

const PARTICIPANT = {
	type: 'object',
	required: ['id', 'phone', 'lid', 'role'],
	properties: {
		id: { type: 'string' },
		phone: NULLABLE_TEXT,
		lid: NULLABLE_TEXT,
		role: { type: 'string', enum: ['member', 'admin', 'superadmin'] },
	},
} as const;

export const GROUP_DETAILS = {
	type: 'object',
	required: [...GROUP_VIEW.required, 'participants'],
	properties: { ...GROUP_FIELDS, participants: { type: 'array', items: PARTICIPANT } },
} as const;

const RESULTS = {
	type: 'array',
	items: {
		type: 'object',
		required: ['number', 'ok', 'code', 'reason'],
		properties: {
			number: { type: 'string' },
			ok: { type: 'boolean' },
			code: { type: 'integer', description: 'WhatsApp’s own; 0 when it said nothing.' },
			reason: NULLABLE_TEXT,
		},
	},
} as const;

export const CREATED_GROUP = {
	type: 'object',
	required: [...GROUP_DETAILS.required, 'results'],
	properties: { ...GROUP_DETAILS.properties, results: RESULTS },
} as const;

export const CHANGED_PARTICIPANTS = {
	type: 'object',
	required: ['results'],
	properties: { results: RESULTS },
} as const;

export const INVITE = {
	type: 'object',
	required: ['code', 'link'],
	properties: { code: { type: 'string' }, link: { type: 'string' } },
} as const;

export const JOINED = {
	type: 'object',
	required: ['id', 'pending'],
	properties: {
		id: { ...NULLABLE_TEXT, description: 'null while an admin has to approve.' },
		pending: { type: 'boolean' },
	},
} as const;
