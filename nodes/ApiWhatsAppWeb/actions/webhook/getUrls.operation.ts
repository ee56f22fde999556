import type { Operation } from '../Operation';

/** `GET /api/config` */
export const getUrls: Operation = {
	name: 'Get URLs',
	value: 'getUrls',
	action: 'Get the webhook URLs',
	description: 'Show the URLs of all five events, and why one was disabled',
	route: 'getConfig',
	attempt: 'read the webhook URLs',
	properties: [],
	async execute({ api }) {
		return { json: { ...(await api.call('getConfig')) } };
	},
};
