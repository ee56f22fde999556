import { S_WHATSAPP_NET } from '@whiskeysockets/baileys';
import { ask, type Asker } from './ask';

/** Gives the account, or one of its groups, a picture: a square JPEG. */
export async function setPicture(sock: Asker, jpeg: Uint8Array, groupId?: string): Promise<void> {
	await ask(sock, {
		tag: 'iq',
		attrs: {
			to: S_WHATSAPP_NET,
			type: 'set',
			xmlns: 'w:profile:picture',
			...(groupId ? { target: groupId } : {}),
		},
		content: [{ tag: 'picture', attrs: { type: 'image' }, content: jpeg }],
	});
}
