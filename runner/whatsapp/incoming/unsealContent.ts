import { proto } from '@whiskeysockets/baileys';
import { decodeBounded } from '../boundDecoding';
import { toIdentity, toJids, type Identities, type Identity } from './Identities';
import { openSealed, type Sealed } from './openSealed';
import { readSecret } from './readSecret';
import { unwrapContent, type UnwrappedContent } from './unwrapContent';

const { Type } = proto.Message.ProtocolMessage;
const { SecretEncType } = proto.Message.SecretEncryptedMessage;

interface UnsealContext {
	/** Who has sent it. */
	sender: Identity;
	identities: Identities;
	/** The serialised content of a message of the journal. */
	contentOf: (messageId: string) => Uint8Array | undefined;
}

/** A change that is sealed with the secret of the message it concerns. */
interface SealedChange extends Sealed {
	key: proto.IMessageKey;
	/** The names that the author of that message may have had, as far as the change says. */
	authors: string[];
	/** What it is once it is open. */
	toContent: (opened: Uint8Array, key: proto.IMessageKey) => proto.IMessage;
}

/**
 * Opens edits and reactions that phones seal with the secret of the message they concern: edits since
 * May 2026 (Baileys #2541), reactions in announcement groups (Baileys #857). What cannot be opened, or
 * is nothing of the kind, stays what it is.
 */
export function unsealContent(
	unwrapped: UnwrappedContent,
	context: UnsealContext,
): UnwrappedContent {
	const change = readChange(unwrapped.content, context);
	const id = change?.key.id;
	const stored = id ? context.contentOf(id) : undefined;
	const secret = stored && readSecret(proto.Message.decode(stored));
	if (!change || !id || !secret) return unwrapped;
	const senders = toJids(context.sender);
	const opened = openSealed(change, { messageId: id, secret, authors: change.authors, senders });
	return opened ? unwrapContent(change.toContent(opened, change.key)) : unwrapped;
}

function readChange(
	{ secretEncryptedMessage: sealed, encReactionMessage: reaction }: proto.IMessage,
	{ sender, identities }: UnsealContext,
): SealedChange | undefined {
	if (sealed?.targetMessageKey) {
		const isMessageEdit = sealed.secretEncType === SecretEncType.MESSAGE_EDIT;
		if (!isMessageEdit && sealed.secretEncType !== SecretEncType.EVENT_EDIT) return undefined;
		return {
			use: isMessageEdit ? 'Message Edit' : 'Event Edit',
			payload: sealed.encPayload,
			iv: sealed.encIv,
			key: sealed.targetMessageKey,
			// Only its author changes a message, and names it from their own side.
			authors: toJids(sender),
			toContent: toEdit,
		};
	}
	if (!reaction?.targetMessageKey) return undefined;
	const { targetMessageKey: key, encPayload: payload, encIv: iv } = reaction;
	const named = toIdentity([key.participant, key.remoteJid], identities);
	const authors = [...toJids(named), ...toJids(identities.own), ...toJids(sender)];
	return { use: 'Enc Reaction', payload, iv, key, authors, toContent: toReaction };
}

/** Phones seal a whole edit; what they edit into is enough too. */
function toEdit(opened: Uint8Array, key: proto.IMessageKey): proto.IMessage {
	const { content } = unwrapContent(proto.Message.decode(opened));
	const editedMessage = content.protocolMessage?.editedMessage ?? content;
	return { protocolMessage: { type: Type.MESSAGE_EDIT, key, editedMessage } };
}

function toReaction(opened: Uint8Array, key: proto.IMessageKey): proto.IMessage {
	const reaction = decodeBounded(proto.Message.ReactionMessage, opened);
	return { reactionMessage: { ...reaction, key: reaction.key?.id ? reaction.key : key } };
}
