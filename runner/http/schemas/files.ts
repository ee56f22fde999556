export const MEDIA_PARAMS = {
	type: 'object',
	required: ['instanceId', 'sha256'],
	properties: {
		instanceId: { type: 'string' },
		sha256: { type: 'string', description: 'Of the file, in hex.' },
	},
} as const;

export const MEDIA_QUERY = {
	type: 'object',
	properties: {
		expires: { type: 'string', description: 'Unix seconds' },
		signature: { type: 'string' },
	},
} as const;

export const FILE_HEADERS = {
	type: 'object',
	properties: {
		range: { type: 'string', description: 'One range of bytes; without it the whole file.' },
	},
} as const;

const CONTENT = {
	content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
} as const;

export const FILE_RESPONSES = {
	200: { description: 'The file, fetched from WhatsApp first if need be.', ...CONTENT },
	206: { description: 'The part that was asked for.', ...CONTENT },
} as const;
