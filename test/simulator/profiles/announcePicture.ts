import { randomInt } from 'node:crypto';
import type { LinkedDevice } from '../accounts/LinkedDevice';
import { nowSeconds } from '../stanzas/bigEndian';
import { element } from '../stanzas/element';
import { toPictureId } from './toPictureId';

/** Whose picture became which. */
export interface PictureChange {
	/** The group, or the person. */
	readonly jid: string;
	readonly author: string;
	/** undefined: it was taken away. */
	readonly picture: Buffer | undefined;
}

/** Tells linked clients of another picture; kept for those that are offline. */
export function announcePicture(
	{ jid, author, picture }: PictureChange,
	devices: readonly LinkedDevice[],
): void {
	const attributes = { jid, id: picture && toPictureId(picture), author };
	for (const device of devices) {
		device.deliver(
			element(
				'notification',
				{ from: jid, type: 'picture', id: String(randomInt(1e9)), t: nowSeconds() },
				[element(picture ? 'set' : 'delete', attributes)],
			),
		);
	}
}
