import {
	encodeSignedDeviceIdentity,
	encodeWAMessage,
	isJidGroup,
	proto,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys';
import type { SentCopy } from '../../messages/SentCopy';
import { nameAsAddressed } from '../outgoing/nameAsAddressed';
import { toStanzaExtras } from '../outgoing/toStanzaExtras';
import type { Retry } from './readRetry';
import { toStanzaType } from './toStanzaType';

/**
 * Sends a message again to the one device that could not read it. Baileys would send it to the whole
 * chat when a phone asks, in a group to those as well who were not in it then.
 */
export async function sendCopy(
	sock: WASocket,
	{ device, isOwn, count, chats }: Retry,
	{ id, chat, address, content }: Pick<SentCopy, 'chat' | 'address' | 'content'> & { id: string },
): Promise<void> {
	const { signalRepository, authState } = sock;
	const message = proto.Message.decode(content);
	const isGroup = isJidGroup(chat);
	nameAsAddressed(message, { address, names: chats }, authState.creds.me);
	const given = isGroup ? await withSenderKey(sock, chat, message) : message;
	const shown = isOwn ? { deviceSentMessage: { destinationJid: address, message: given } } : given;
	const { type, ciphertext } = await signalRepository.encryptMessage({
		jid: device,
		data: encodeWAMessage(shown),
	});
	const { additionalAttributes, additionalNodes } = toStanzaExtras(message, chat);
	const enc = { tag: 'enc', attrs: { v: '2', type, count: String(count) }, content: ciphertext };
	const { account } = authState.creds;
	await sock.sendNode({
		tag: 'message',
		attrs: {
			id,
			type: toStanzaType(message),
			...toAddress({ chat: address, device, isGroup: isGroup === true, isOwn }),
			...additionalAttributes,
		},
		content: [enc, ...(account ? [toIdentityNode(account)] : []), ...additionalNodes],
	});
}

function toAddress(to: {
	chat: string;
	device: string;
	isGroup: boolean;
	isOwn: boolean;
}): Record<string, string> {
	const { chat, device, isGroup, isOwn } = to;
	if (isGroup) return { to: chat, participant: device };
	return { to: device, device_fanout: 'false', ...(isOwn ? { recipient: chat } : {}) };
}

function toIdentityNode(account: proto.IADVSignedDeviceIdentity): BinaryNode {
	const content = encodeSignedDeviceIdentity(account, true);
	return { tag: 'device-identity', attrs: {}, content };
}

/** Who could not read one message may lack the key for all of them. */
async function withSenderKey(
	{ signalRepository, authState }: WASocket,
	group: string,
	message: proto.IMessage,
): Promise<proto.IMessage> {
	const { me } = authState.creds;
	for (const meId of [me?.lid, me?.id]) {
		if (!meId || !(await signalRepository.hasSenderKey({ group, meId }))) continue;
		const key = await signalRepository.getSenderKeyDistributionMessage({ group, meId });
		const distribution = { groupId: group, axolotlSenderKeyDistributionMessage: key };
		return { ...message, senderKeyDistributionMessage: distribution };
	}
	return message;
}
