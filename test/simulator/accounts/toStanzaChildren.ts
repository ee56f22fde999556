import { normalizeMessageContent, type BinaryNode, type proto } from '@whiskeysockets/baileys';
import { readPoll } from '../contents/polls';
import { element } from '../stanzas/element';

/** What a stanza says in the clear about an encrypted message. */
export function toStanzaChildren(message: proto.IMessage): BinaryNode[] {
	const content = normalizeMessageContent(message) ?? {};
	if (readPoll(content)) return [element('meta', { polltype: 'creation' })];
	if (content.pollUpdateMessage) return [element('meta', { polltype: 'vote' })];
	if (content.eventMessage) return [element('meta', { event_type: 'creation' })];
	return [];
}
