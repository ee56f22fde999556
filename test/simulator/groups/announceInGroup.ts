import { randomInt } from 'node:crypto';
import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Group } from '../accounts/Group';
import type { LinkedDevice } from '../accounts/LinkedDevice';
import type { Person } from '../accounts/Person';
import { nowSeconds } from '../stanzas/bigEndian';
import { element } from '../stanzas/element';

/** Tells linked clients what someone did in a group; kept for those that are offline. */
export function announceInGroup(
	group: Group,
	by: Person,
	change: BinaryNode,
	devices: readonly LinkedDevice[],
): void {
	for (const device of devices) {
		device.deliver(
			element(
				'notification',
				{
					...group.originOf(by),
					type: 'w:gp2',
					id: String(randomInt(1e9)),
					notify: by.name,
					t: nowSeconds(),
				},
				[change],
			),
		);
	}
}
