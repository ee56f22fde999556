import { hash } from 'node:crypto';

/** Enough that no two members of one group share it by chance. */
const BYTES_PER_NAME = 8;

/** The people a group message was sent to, small enough to be kept: 16 bytes for a member of two names. */
export interface Roster {
	/** The same for the same people. */
	id: string;
	members: Uint8Array;
}

/** Takes every JID that each member goes by, without devices. */
export function toRoster(names: readonly string[]): Roster {
	const members = Buffer.concat([...new Set(names)].sort().map(toEntry));
	return { id: hash('sha256', members).slice(0, 32), members };
}

/** Whether one of these names is on it. */
export function isOnRoster({ members }: Pick<Roster, 'members'>, names: string[]): boolean {
	const entries = names.map(toEntry);
	for (let at = 0; at < members.length; at += BYTES_PER_NAME) {
		const member = members.subarray(at, at + BYTES_PER_NAME);
		if (entries.some((entry) => entry.equals(member))) return true;
	}
	return false;
}

function toEntry(name: string): Buffer {
	return hash('sha256', name, 'buffer').subarray(0, BYTES_PER_NAME);
}
