import { EVENT_NAMES } from '../../../contract';

export const NULLABLE_TEXT = { type: ['string', 'null'] } as const;

export const TIME = { type: 'string', description: 'ISO 8601' } as const;

export const EVENT = { type: 'string', enum: EVENT_NAMES } as const;

export const EVENT_PARAMS = {
	type: 'object',
	required: ['event'],
	properties: { event: EVENT },
} as const;

/** Which one it is, is for the owner of the ids to say: unknown ones have errors of their own. */
export const ID_PARAMS = {
	type: 'object',
	required: ['id'],
	properties: { id: { type: 'string' } },
} as const;

/** How the hosted service says that something is done. */
export const SUCCESS = {
	type: 'object',
	required: ['success'],
	properties: { success: { type: 'string' } },
} as const;

export const ROTATED_SECRET = {
	type: 'object',
	required: ['secret', 'previousValidUntil'],
	properties: {
		secret: { type: 'string', description: 'Signs from now on; shown this once.' },
		previousValidUntil: {
			type: 'string',
			description: 'ISO 8601; until then the replaced one signs as well.',
		},
	},
} as const;
