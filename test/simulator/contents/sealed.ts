import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';

const KEY_BYTES = 32;
const IV_BYTES = 12;

/** Under which message something is sealed, and by whom; the names go into the key. */
export interface SealingFrame {
	readonly messageId: string;
	readonly authorJid: string;
	readonly senderJid: string;
	/** The message's `messageSecret`, 32 bytes. */
	readonly secret: Uint8Array;
}

/** The same content with a secret, as phones of today send every message. */
export const withSecret = (content: proto.IMessage): proto.IMessage => ({
	...content,
	messageContextInfo: { ...content.messageContextInfo, messageSecret: randomBytes(KEY_BYTES) },
});

/** An edit that only those can read who have the message it changes. */
export function toSealedEdit(
	targetMessageKey: proto.IMessageKey,
	editedMessage: proto.IMessage,
	frame: SealingFrame,
	use: 'Message Edit' | 'Event Edit' = 'Message Edit',
): proto.IMessage {
	const type = proto.Message.ProtocolMessage.Type.MESSAGE_EDIT;
	const edit = { protocolMessage: { type, key: targetMessageKey, editedMessage } };
	const secretEncType = use === 'Message Edit' ? 2 : 1;
	const sealed = seal(proto.Message.encode(edit).finish(), use, frame);
	return { secretEncryptedMessage: { targetMessageKey, secretEncType, ...sealed } };
}

/** A reaction as phones send it in announcement groups. */
export function toSealedReaction(
	targetMessageKey: proto.IMessageKey,
	emoji: string,
	frame: SealingFrame,
): proto.IMessage {
	const reaction = { text: emoji, senderTimestampMs: Date.now() };
	const bytes = proto.Message.ReactionMessage.encode(reaction).finish();
	return { encReactionMessage: { targetMessageKey, ...seal(bytes, 'Enc Reaction', frame) } };
}

function seal(plain: Uint8Array, use: string, frame: SealingFrame) {
	const info = `${frame.messageId}${frame.authorJid}${frame.senderJid}${use}`;
	const key = Buffer.from(hkdfSync('sha256', frame.secret, '', info, KEY_BYTES));
	const encIv = randomBytes(IV_BYTES);
	const cipher = createCipheriv('aes-256-gcm', key, encIv);
	const encPayload = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
	return { encPayload, encIv };
}
