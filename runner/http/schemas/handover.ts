export const HANDOVER_BODY = {
	type: 'object',
	required: ['version'],
	additionalProperties: false,
	properties: {
		version: {
			description: 'The version of the one that asks.',
			type: 'string',
			minLength: 1,
			maxLength: 100,
		},
	},
} as const;

export const HANDOVER_ACCEPTED = {
	description: 'It answers the calls in flight, stops and leaves its data folder.',
	type: 'object',
	required: ['version'],
	properties: { version: { description: 'The version that goes.', type: 'string' } },
} as const;
