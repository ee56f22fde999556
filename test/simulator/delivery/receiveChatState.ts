import type { BinaryNode } from '@whiskeysockets/baileys';
import type { LinkedDevice } from '../accounts/LinkedDevice';
import { toChatState } from '../accounts/Presence';
import { Reader } from '../accounts/Reader';
import type { SimulatorContext } from '../SimulatorContext';

/** A client types, records or stops: those who are in the chat see it. */
export function receiveChatState(
	{ directory }: SimulatorContext,
	{ phone }: LinkedDevice,
	node: BinaryNode,
): void {
	const { to = '' } = node.attrs;
	const group = directory.findGroup(to);
	const people = group ? group.participants : [directory.findPerson(to)];
	const seen = { chatJid: to, state: toChatState(node), atMs: Date.now() };
	for (const person of people) {
		if (person === phone || !(person instanceof Reader)) continue;
		if (group || person.isReachedAt(to)) person.traces.noteTyping(seen);
	}
}
