import type { Operation } from '../Operation';

/** `GET /api/instance` */
export const getStatus: Operation = {
	name: 'Get Status',
	value: 'getStatus',
	action: 'Get the status of the instance',
	description: 'Show whether the instance is linked and connected, and its last error',
	route: 'getInstance',
	attempt: 'read the status',
	properties: [],
	async execute({ api }) {
		return { json: { ...(await api.call('getInstance')) } };
	},
};
