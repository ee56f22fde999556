import type { Operation } from '../Operation';

/** `POST /api/instance/restart` */
export const restart: Operation = {
	name: 'Restart',
	value: 'restart',
	action: 'Restart the instance',
	description: 'Close the connection to WhatsApp and open it again; the phone stays linked',
	route: 'restart',
	attempt: 'restart the instance',
	properties: [],
	async execute({ api }) {
		return { json: { ...(await api.call('restart')) } };
	},
};
