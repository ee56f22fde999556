import type { Answer } from './QueryTable';

const NOT_FOUND = 404;

/** What clients do with their own account. */
export const accountQueries: ReadonlyArray<readonly [string, Answer]> = [
	[
		'md/set/remove-companion-device',
		({ device }) => {
			device.phone.forget(device);
			return [];
		},
	],
	['w:profile:picture/get/picture', () => ({ code: NOT_FOUND, text: 'item-not-found' })],
	['w:profile:picture/set/picture', () => []],
];
