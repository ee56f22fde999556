import { element } from '../stanzas/element';
import type { Answer } from './QueryTable';

const TTL_SECONDS = 3600;

/** Where media go. */
export const mediaQueries: ReadonlyArray<readonly [string, Answer]> = [
	[
		'w:m/set/media_conn',
		({ context }) => [
			element('media_conn', { auth: 'simulated', ttl: TTL_SECONDS }, [
				element('host', { hostname: context.media.host }),
			]),
		],
	],
];
