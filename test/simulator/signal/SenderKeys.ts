import {
	GroupCipher,
	GroupSessionBuilder,
	SenderKeyDistributionMessage,
	SenderKeyName,
	SenderKeyRecord,
} from '@whiskeysockets/baileys/lib/Signal/Group/index.js';
import { readSenderKeyMessage } from './readSenderKeyMessage';

/** One party's sender keys: its own per group, and those of the devices that write to the group. */
export class SenderKeys {
	private readonly records = new Map<string, SenderKeyRecord>();
	private readonly store = {
		loadSenderKey: async (name: SenderKeyName): Promise<SenderKeyRecord> => this.record(name),
		storeSenderKey: async (name: SenderKeyName, record: SenderKeyRecord): Promise<void> => {
			this.records.set(name.toString(), record);
		},
	};

	/** Makes the own key if there is none yet, and returns what lets others read from now on. */
	async distribute(groupJid: string, sender: string): Promise<Uint8Array> {
		const message = await new GroupSessionBuilder(this.store).create(toName(groupJid, sender));
		return message.serialize();
	}

	/** Learns the key of another sender. */
	async learn(groupJid: string, sender: string, distribution: Uint8Array): Promise<void> {
		const message = new SenderKeyDistributionMessage(null, null, null, null, distribution);
		await new GroupSessionBuilder(this.store).process(toName(groupJid, sender), message);
	}

	/** Encrypts padded plaintext with the own key. */
	async encrypt(groupJid: string, sender: string, padded: Uint8Array): Promise<Uint8Array> {
		return new GroupCipher(this.store, toName(groupJid, sender)).encrypt(padded);
	}

	/** Decrypts to padded plaintext; throws when the sender's key is unknown. */
	decrypt(groupJid: string, sender: string, ciphertext: Uint8Array): Buffer {
		return readSenderKeyMessage(this.record(toName(groupJid, sender)), ciphertext);
	}

	/** Forgets the key of one sender, so that the own one is made anew. */
	forget(groupJid: string, sender: string): void {
		this.records.delete(toName(groupJid, sender).toString());
	}

	private record(name: SenderKeyName): SenderKeyRecord {
		return this.records.get(name.toString()) ?? new SenderKeyRecord();
	}
}

function toName(groupJid: string, sender: string): SenderKeyName {
	return new SenderKeyName(groupJid, { id: sender, deviceId: 0, toString: () => `${sender}.0` });
}
