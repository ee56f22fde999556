import type { BinaryNode, proto } from '@whiskeysockets/baileys';
import type { PreKeyBundle } from '../signal/libsignal';
import { toPaddedMessage } from '../signal/padding';
import type { SignalParty } from '../signal/SignalParty';
import { element } from '../stanzas/element';
import { Turns } from '../waiting/Turns';
import type { Group } from './Group';
import type { LinkedDevice } from './LinkedDevice';

/** A message on its way to clients. */
export interface Outgoing {
	readonly id: string;
	readonly message: proto.IMessage;
	/** The group it goes to; undefined for a chat of two. */
	readonly group: Group | undefined;
	/** Attributes of the stanza, without the id. */
	readonly attributes: Record<string, string | number | undefined>;
	/** What else the stanza holds besides what is encrypted. */
	readonly children?: readonly BinaryNode[] | undefined;
}

/** How many messages are kept for retry receipts. */
const KEPT = 5000;

/** Encrypts what one person sends, message by message, for every client that is to have it. */
export class Sender {
	private readonly turns = new Turns();
	private readonly sent = new Map<string, Outgoing & { resends: number }>();
	/** Per group, the clients that have this person's sender key. */
	private readonly keyHolders = new Map<string, Set<string>>();

	constructor(
		private readonly party: SignalParty,
		/** The name of this person in sender keys. */
		private readonly name: string,
	) {}

	/** Resolves when every client's stanza is queued at the server. */
	send(outgoing: Outgoing, devices: readonly LinkedDevice[]): Promise<void> {
		this.keep(outgoing);
		const { group } = outgoing;
		return this.turns.take(async () => {
			if (group) return this.sendToGroup(outgoing, group, devices);
			for (const device of devices) {
				device.deliver(toStanza(outgoing, [await this.encryptFor(device, outgoing.message)]));
			}
		});
	}

	/** Sends a kept message to one client again, in a new session; false when it is not kept. */
	async resend(device: LinkedDevice, id: string, bundle?: PreKeyBundle): Promise<boolean> {
		const sent = this.sent.get(id);
		if (!sent) return false;
		sent.resends++;
		await this.turns.take(async () => {
			this.party.startNewSession(device.address);
			const { group, message, resends } = sent;
			const content = group ? { ...message, ...(await this.toKeyMessage(group)) } : message;
			const enc = await this.encryptFor(device, content, bundle, resends);
			device.deliver(toStanza(sent, [enc]));
		});
		return true;
	}

	/** A kept message. */
	find(id: string): proto.IMessage | undefined {
		return this.sent.get(id)?.message;
	}

	/** The next message to the group has a new sender key, and carries it. */
	rotateSenderKey(group: Group): void {
		this.party.senderKeys.forget(group.jid, this.name);
		this.keyHolders.delete(group.jid);
	}

	/** After the party has started over: nobody has its sender keys any more. */
	startOver(): void {
		this.keyHolders.clear();
	}

	private async sendToGroup(
		outgoing: Outgoing,
		group: Group,
		devices: readonly LinkedDevice[],
	): Promise<void> {
		const holders = this.keyHolders.get(group.jid) ?? new Set<string>();
		this.keyHolders.set(group.jid, holders);
		// Taken before encrypting: a key taken afterwards could not read this message.
		const keyMessage = await this.toKeyMessage(group);
		const padded = toPaddedMessage(outgoing.message);
		const ciphertext = await this.party.senderKeys.encrypt(group.jid, this.name, padded);
		const common = element('enc', { v: 2, type: 'skmsg' }, Buffer.from(ciphertext));
		for (const device of devices) {
			const isHolder = holders.has(device.address);
			holders.add(device.address);
			const key = isHolder ? [] : [await this.encryptFor(device, keyMessage)];
			device.deliver(toStanza(outgoing, [...key, common]));
		}
	}

	private async encryptFor(
		device: LinkedDevice,
		message: proto.IMessage,
		bundle?: PreKeyBundle,
		count?: number,
	): Promise<BinaryNode> {
		const take = (): PreKeyBundle => bundle ?? device.takeBundle();
		const { type, ciphertext } = await this.party.encrypt(
			device.address,
			toPaddedMessage(message),
			take,
		);
		return element('enc', { v: 2, type, count }, ciphertext);
	}

	private async toKeyMessage(group: Group): Promise<proto.IMessage> {
		const key = await this.party.senderKeys.distribute(group.jid, this.name);
		return {
			senderKeyDistributionMessage: {
				groupId: group.jid,
				axolotlSenderKeyDistributionMessage: key,
			},
		};
	}

	private keep(outgoing: Outgoing): void {
		this.sent.set(outgoing.id, { ...outgoing, resends: 0 });
		if (this.sent.size <= KEPT) return;
		const [oldest] = this.sent.keys();
		if (oldest !== undefined) this.sent.delete(oldest);
	}
}

const toStanza = ({ id, attributes, children = [] }: Outgoing, encs: BinaryNode[]): BinaryNode =>
	element('message', { id, ...attributes }, [...children, ...encs]);
