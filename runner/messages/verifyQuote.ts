import type { IncomingMessage } from './IncomingMessage';
import type { KnownMessage } from './MessageMemory';

/**
 * An answer with what the message it quotes really said: the words of a quote are whatever its sender
 * wrote there. Where that message is not known in the chat they are kept, and marked.
 */
export function verifyQuote(
	message: IncomingMessage,
	known: Pick<KnownMessage, 'text'> | undefined,
): IncomingMessage {
	const { quoted } = message.details;
	if (!quoted) return message;
	const checked = known
		? { ...quoted, text: known.text || null, verified: true }
		: { ...quoted, verified: false };
	return { ...message, details: { ...message.details, quoted: checked } };
}
