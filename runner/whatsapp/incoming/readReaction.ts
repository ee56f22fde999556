import type { proto } from '@whiskeysockets/baileys';
import type { ReactionDetails } from '../../../contract';

/** A reaction; the emoji is "" when it was taken back. */
export function readReaction({ reactionMessage }: proto.IMessage): ReactionDetails | undefined {
	if (!reactionMessage?.key?.id) return undefined;
	return { messageId: reactionMessage.key.id, emoji: reactionMessage.text ?? '' };
}
