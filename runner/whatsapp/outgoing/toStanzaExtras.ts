import { isJidGroup, type BinaryNode, type proto } from '@whiskeysockets/baileys';

/** What WhatsApp wants to read outside the encryption, by kind of message (as Baileys' sendMessage sets it). */
export function toStanzaExtras(
	content: proto.IMessage,
	jid: string,
): { additionalAttributes: Record<string, string>; additionalNodes: BinaryNode[] } {
	const { protocolMessage } = content;
	const attributes: Record<string, string> = {};
	const nodes: BinaryNode[] = [];
	if (protocolMessage?.editedMessage) attributes.edit = '1';
	else if (protocolMessage?.key) {
		// 8: an admin deletes what another member wrote.
		attributes.edit = isJidGroup(jid) && !protocolMessage.key.fromMe ? '8' : '7';
	}
	if (content.pollCreationMessage ?? content.pollCreationMessageV3) {
		nodes.push({ tag: 'meta', attrs: { polltype: 'creation' } });
	}
	return { additionalAttributes: attributes, additionalNodes: nodes };
}
