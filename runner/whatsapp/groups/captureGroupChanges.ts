import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Clock } from '../../Clock';
import type { ConnectionListener, Staged } from '../ConnectionListener';
import type { Identities } from '../incoming/Identities';
import { readGroupNotice } from './readGroupNotice';
import { toGroupChanges } from './toGroupChanges';

interface CaptureOptions {
	listener: Pick<ConnectionListener, 'hasJournalled' | 'onMessage' | 'people'>;
	identities: Identities;
	clock: Pick<Clock, 'now'>;
	stage: (staged: Staged) => void;
	/** Waits for what a group is called, should nobody know; never for long. */
	learnName: (groupId: string) => Promise<void>;
	/** Ends the connection without a further frame when it throws. */
	failClosed: (capture: () => void) => void;
}

/**
 * Stages what a notification says of a group, before Baileys acknowledges it: the frame then waits for
 * the same commit. One that is delivered again is found in the journal.
 */
export async function captureGroupChanges(
	options: CaptureOptions,
	node: BinaryNode,
): Promise<void> {
	const { listener, identities, clock, stage, learnName, failClosed } = options;
	const notice = readGroupNotice(node, { identities, nowMs: clock.now() });
	if (!notice || notice.changes.length === 0) return;
	const { name } = notice;
	if (!name) await learnName(notice.group);
	failClosed(() => {
		// What the group is called from now on, already in the event that tells of it.
		if (name) stage({ statements: listener.people.noteGroups([name]) });
		for (const change of toGroupChanges(notice, node.attrs.offline !== undefined)) {
			if (!listener.hasJournalled(change.key)) stage(listener.onMessage(change));
		}
	});
}
