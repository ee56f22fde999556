import type { Answer } from './QueryTable';

/** What clients do with their own account. */
export const accountQueries: ReadonlyArray<readonly [string, Answer]> = [
	[
		'md/set/remove-companion-device',
		({ device }) => {
			device.phone.forget(device);
			return [];
		},
	],
];
