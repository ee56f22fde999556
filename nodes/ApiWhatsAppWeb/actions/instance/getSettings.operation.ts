import type { Operation } from '../Operation';

/** `GET /api/config/automatic` */
export const getSettings: Operation = {
	name: 'Get Settings',
	value: 'getSettings',
	action: 'Get the settings of the instance',
	description: 'Show what the instance does by itself',
	route: 'getAutomatic',
	attempt: 'read the settings',
	properties: [],
	async execute(call) {
		return { json: { ...(await call.api.call('getAutomatic')) } };
	},
};
