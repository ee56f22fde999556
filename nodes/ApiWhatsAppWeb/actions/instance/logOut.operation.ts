import type { Operation } from '../Operation';

/** `POST /api/instance/logout` */
export const logOut: Operation = {
	name: 'Log Out',
	value: 'logOut',
	action: 'Log out the instance',
	description: 'Unlink the instance from the phone; to use it again it must be linked again',
	route: 'logout',
	attempt: 'log out the instance',
	properties: [],
	async execute({ api }) {
		return { json: { ...(await api.call('logout')) } };
	},
};
