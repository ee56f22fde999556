import { TIME } from './common';
import { NUMBER } from './sending';

export const PAIRING_CODE_BODY = {
	type: 'object',
	required: ['number'],
	properties: { number: NUMBER },
} as const;

export const PAIRING_CODE = {
	type: 'object',
	required: ['code'],
	properties: { code: { type: 'string' } },
} as const;

export const QR_QUERY = {
	type: 'object',
	properties: {
		wait: {
			type: 'integer',
			minimum: 0,
			maximum: 60,
			default: 0,
			description: 'Seconds to wait for a code.',
		},
	},
} as const;

const QR_CODE = {
	type: 'object',
	required: ['qr', 'png', 'expiresAt'],
	properties: {
		qr: { type: 'string', description: 'The text of the QR code.' },
		png: { type: 'string', description: 'The QR code as a data URI.' },
		expiresAt: TIME,
	},
} as const;

/** JSON, or the picture itself for whoever accepts image/png. */
export const QR_RESPONSE = {
	description: 'The QR code to scan.',
	content: {
		'application/json': { schema: QR_CODE },
		'image/png': { schema: { type: 'string', format: 'binary' } },
	},
} as const;
