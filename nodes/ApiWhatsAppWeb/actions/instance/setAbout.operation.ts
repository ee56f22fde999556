import type { Operation } from '../Operation';
import { readText } from '../readInput';

/** `PUT /api/config/about` */
export const setAbout: Operation = {
	name: 'Set About',
	value: 'setAbout',
	action: 'Set the about text',
	description: 'Change the about text of the linked account',
	route: 'setAbout',
	attempt: 'set the about text',
	properties: [
		{
			displayName: 'About',
			name: 'about',
			type: 'string',
			default: '',
			placeholder: 'e.g. We answer from 9 to 17',
			description: 'The text below the name in the profile',
		},
	],
	async execute(call) {
		const body = { about: readText(call, 'about') };
		return { json: { ...(await call.api.call('setAbout', { body })) } };
	},
};
