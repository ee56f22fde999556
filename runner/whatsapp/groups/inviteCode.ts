import type { InviteView } from '../../../contract';

const LINK = /^(?:https?:\/\/)?chat\.whatsapp\.com\/(?:invite\/)?([\w-]{10,64})\/?(?:[?#].*)?$/i;
const CODE = /^[\w-]{10,64}$/;

/** The code of an invite link, or the code itself; undefined when it is neither. */
export function toInviteCode(invite: string): string | undefined {
	const text = invite.trim();
	return LINK.exec(text)?.[1] ?? CODE.exec(text)?.[0];
}

export function toInviteView(code: string): InviteView {
	return { code, link: `https://chat.whatsapp.com/${code}` };
}
