/** That it is missing is an error of its own. */
export const IMAGE_BODY = {
	type: ['object', 'null'],
	properties: {
		image: {
			type: 'string',
			description:
				'An https URL, base64 or a data URI; in a multipart form, the part with the file.',
		},
	},
} as const;

/** WhatsApp's limit, in characters. */
const MAX_ABOUT_LENGTH = 139;

export const ABOUT_BODY = {
	type: 'object',
	required: ['about'],
	properties: { about: { type: 'string', maxLength: MAX_ABOUT_LENGTH } },
} as const;

export const PROXY_URL = {
	type: ['string', 'null'],
	description:
		'URL of the http, https or socks5 proxy to WhatsApp, shown without its password; null for the runner’s own.',
} as const;

const AUTOMATIC_FIELDS = {
	read: { type: 'boolean', description: 'Mark incoming messages as read.' },
	ownMessages: {
		type: 'boolean',
		description: 'Report what the owner types on the phone as received.',
	},
	download: { type: 'boolean', description: 'Download media when they arrive.' },
	messagesPerMinute: {
		type: ['integer', 'null'],
		minimum: 0,
		maximum: 10_000,
		description: '0 for no limit, null for the runner’s own.',
	},
	rejectCalls: { type: 'boolean', description: 'Reject calls when they come in.' },
	rejectCallsText: {
		type: ['string', 'null'],
		description: 'What the caller of a rejected call is sent; null for nothing.',
	},
	proxyUrl: PROXY_URL,
} as const;

export const SET_AUTOMATIC_BODY = { type: 'object', properties: AUTOMATIC_FIELDS } as const;

export const AUTOMATIC_VIEW = {
	type: 'object',
	required: Object.keys(AUTOMATIC_FIELDS),
	properties: AUTOMATIC_FIELDS,
} as const;
