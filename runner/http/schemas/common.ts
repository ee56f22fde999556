import { EVENT_NAMES } from '../../../contract';

export const NULLABLE_TEXT = { type: ['string', 'null'] } as const;

/** Controls, ends of lines, and what turns the direction of writing round: "gpj.exe" shown as "exe.jpg". */
const UNSEEN = '\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069';

/** One line of text that says what it seems to say. */
export const LINE = { type: 'string', pattern: `^[^${UNSEEN}]*$` } as const;

/** The same, with something to see in it. */
export const NAME = {
	type: 'string',
	pattern: `^[^${UNSEEN}]*[^${UNSEEN}\\s\\p{Cf}\\u2800\\u3164][^${UNSEEN}]*$`,
} as const;

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
