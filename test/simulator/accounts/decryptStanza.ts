import type { BinaryNode, proto } from '@whiskeysockets/baileys';
import { fromPaddedMessage } from '../signal/padding';
import type { CipherType, SignalParty } from '../signal/SignalParty';
import { bytesOf } from '../stanzas/element';
import type { Group } from './Group';
import type { LinkedDevice } from './LinkedDevice';
import { UnreadableError } from './UnreadableError';

/** What one stanza of a client is to one reader. */
export interface IncomingStanza {
	readonly device: LinkedDevice;
	readonly node: BinaryNode;
	/** The `<enc>` elements meant for this reader, in order. */
	readonly encs: readonly BinaryNode[];
	readonly group: Group | undefined;
	/** The JID under which the client addressed the reader; the group in groups. */
	readonly addressedTo: string;
}

/**
 * Decrypts the parts of a stanza and puts them together; sender keys in it are learned on the way. Rejects
 * with UnreadableError.
 */
export async function decryptStanza(
	party: SignalParty,
	{ device, encs, group }: IncomingStanza,
): Promise<proto.IMessage> {
	const content: proto.IMessage = {};
	const decrypt = async (ciphertext: Buffer, { attrs: { type } }: BinaryNode) =>
		fromPaddedMessage(
			type === 'skmsg' && group
				? party.senderKeys.decrypt(group.jid, device.address, ciphertext)
				: await party.decrypt(device.address, { type: type as CipherType, ciphertext }),
		);
	for (const enc of encs) {
		const ciphertext = bytesOf(enc);
		if (!ciphertext) throw new Error('<enc> holds no bytes');
		const part = await decrypt(ciphertext, enc).catch((error: unknown) => {
			throw new UnreadableError(enc, error);
		});
		const { groupId, axolotlSenderKeyDistributionMessage: key } =
			part.senderKeyDistributionMessage ?? {};
		if (groupId && key) await party.senderKeys.learn(groupId, device.address, key);
		Object.assign(content, part);
	}
	return content;
}
