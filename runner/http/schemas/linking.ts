import { PASSKEY_STAGES } from '../../../contract';
import { NULLABLE_TEXT, TIME } from './common';
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

export const PASSKEY_VIEW = {
	type: 'object',
	required: ['stage', 'options', 'code', 'expiresAt'],
	properties: {
		stage: { type: 'string', enum: PASSKEY_STAGES },
		options: {
			type: 'object',
			additionalProperties: true,
			description: 'For PublicKeyCredential.parseRequestOptionsFromJSON() of a browser.',
		},
		code: { ...NULLABLE_TEXT, description: 'The code that the phone shows too.' },
		expiresAt: TIME,
	},
} as const;

/** Bytes in base64url; WhatsApp takes a few hundred. */
const BYTES = { type: 'string', minLength: 1, maxLength: 16_384 } as const;

export const ANSWER_PASSKEY_BODY = {
	type: 'object',
	required: ['assertion'],
	additionalProperties: false,
	properties: {
		assertion: {
			type: 'object',
			description: 'What PublicKeyCredential.toJSON() gives, unchanged.',
			required: ['id', 'rawId', 'type', 'response'],
			properties: {
				id: BYTES,
				rawId: BYTES,
				type: { type: 'string', enum: ['public-key'] },
				response: {
					type: 'object',
					required: ['clientDataJSON', 'authenticatorData', 'signature'],
					properties: {
						clientDataJSON: BYTES,
						authenticatorData: BYTES,
						signature: BYTES,
						userHandle: NULLABLE_TEXT,
					},
				},
				authenticatorAttachment: NULLABLE_TEXT,
				clientExtensionResults: { type: 'object' },
			},
		},
	},
} as const;
