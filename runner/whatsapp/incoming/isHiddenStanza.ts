import type { BinaryNode } from '@whiskeysockets/baileys';
import { isBot } from './readFrame';

/**
 * Whether a message that cannot be read is one nobody would miss: its sender has said that it be hidden
 * then (edits, reactions, votes and the like: tulir/whatsmeow#1107), or it belongs to a talk with Meta AI.
 */
export function isHiddenStanza({ attrs, content }: BinaryNode): boolean {
	if (isBot(attrs.from) || isBot(attrs.participant) || isBot(attrs.recipient)) return true;
	const parts = Array.isArray(content) ? content : [];
	return parts.some(
		({ tag, attrs: { type, 'decrypt-fail': onFailure } }) =>
			(tag === 'enc' && (onFailure === 'hide' || type === 'msmsg')) ||
			(tag === 'unavailable' && type === 'bot_unavailable_fanout'),
	);
}
