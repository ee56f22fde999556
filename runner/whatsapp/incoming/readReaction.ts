import type { proto } from '@whiskeysockets/baileys';
import type { ReactionDetails } from '../../../contract';
import type { Clipper } from './Clipper';

/** A reaction; the emoji is "" when it was taken back. */
export function readReaction(
	{ reactionMessage }: proto.IMessage,
	clipper: Clipper,
): ReactionDetails | undefined {
	if (!reactionMessage?.key?.id) return undefined;
	const messageId = clipper.text(reactionMessage.key.id, 'id');
	return { messageId, emoji: clipper.text(reactionMessage.text ?? '', 'name') };
}
