export const ALIVE = {
	type: 'object',
	required: ['status', 'startedAt'],
	properties: {
		status: { type: 'string', const: 'alive' },
		startedAt: { type: 'string', format: 'date-time' },
	},
} as const;

const CHECKS = {
	status: { type: 'string', enum: ['starting', 'ready', 'stopping'] },
	checks: {
		type: 'object',
		additionalProperties: { type: 'string', enum: ['ok', 'failed'] },
	},
} as const;

export const READINESS = {
	200: {
		description: 'Ready for calls.',
		type: 'object',
		required: ['status', 'checks', 'warnings'],
		properties: {
			...CHECKS,
			warnings: {
				description: 'What an operator should look at, though calls are answered.',
				type: 'array',
				items: {
					type: 'object',
					required: ['code', 'text'],
					properties: {
						code: {
							type: 'string',
							enum: ['deliveries_delayed', 'receivers_failing', 'event_loop_lag'],
						},
						text: { type: 'string' },
					},
				},
			},
		},
	},
	503: {
		description: 'Starting, stopping, or something it needs does not work.',
		type: 'object',
		required: ['error', 'code', 'hint', 'status', 'checks'],
		properties: {
			error: { type: 'string' },
			code: { type: 'string' },
			hint: { type: 'string' },
			...CHECKS,
		},
	},
} as const;

export const METRICS_TEXT = {
	description: 'In the text format of Prometheus.',
	content: { 'text/plain': { schema: { type: 'string' } } },
} as const;

export const OPENAPI_DOCUMENT = { type: 'object', additionalProperties: true } as const;
