import { proto } from '@whiskeysockets/baileys';
import { applyEdit } from '../incoming/applyEdit';

/** What a message is after an own edit: both serialised, the edit as it was sent. */
export function applyOwnEdit(stored: Uint8Array, edit: Uint8Array): Uint8Array {
	const edited = proto.Message.decode(edit).protocolMessage?.editedMessage;
	return edited ? proto.Message.encode(applyEdit(stored, edited)).finish() : stored;
}
