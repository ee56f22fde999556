import type { proto } from '@whiskeysockets/baileys';
import type { Clipper } from './Clipper';

const GROUP_LINK = /https?:\/\/chat\.whatsapp\.com\/(?:invite\/)?[\w-]{10,}/;

/** The code of an invite message, or the first invite link in a text. */
export function readGroupInvite(
	{ groupInviteMessage }: proto.IMessage,
	text: string,
	clipper: Clipper,
): string | null {
	return clipper.textOrNull(groupInviteMessage?.inviteCode || GROUP_LINK.exec(text)?.[0], 'name');
}
