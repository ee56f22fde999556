import { clip } from '../limits/clip';
import { TEXT_LIMITS } from '../limits/limits';
import type { IncomingMessage } from './IncomingMessage';
import type { KnownMessage } from './MessageMemory';
import type { StoredDetails } from './StoredDetails';

/**
 * An answer with what the message it quotes really said: the words of a quote are whatever its sender
 * wrote there. Where that message is not known in the chat they are kept, and marked.
 */
export function verifyQuote(
	message: IncomingMessage,
	known: Pick<KnownMessage, 'text' | 'type'> | undefined,
): IncomingMessage {
	const { quoted } = message.details;
	if (!quoted) return message;
	if (!known) return withQuote(message, { ...quoted, verified: false });
	const text = clip(known.text, TEXT_LIMITS.quoted);
	const { type } = known;
	const checked = withQuote(message, { ...quoted, text: text || null, type, verified: true });
	const isCut = text.length < known.text.length;
	return isCut ? { ...checked, details: { ...checked.details, truncated: true } } : checked;
}

function withQuote(message: IncomingMessage, quoted: StoredDetails['quoted']): IncomingMessage {
	return { ...message, details: { ...message.details, ...(quoted && { quoted }) } };
}
