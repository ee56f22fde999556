import { proto } from '@whiskeysockets/baileys';
import type { SimulatorContext } from '../SimulatorContext';
import { linkByCode } from '../pairing/linkByCode';
import { linkByQr } from '../pairing/linkByQr';
import { nowSeconds } from '../stanzas/bigEndian';
import type { Contact } from './Contact';
import type { DeviceKeys } from './DeviceKeys';
import { Group } from './Group';
import { Inbox, type ReceivedMessage } from './Inbox';
import { LinkedDevice, type WaitOptions } from './LinkedDevice';
import { toStanzaType, toTextContent } from './messageContents';
import { createMessageId } from './messageIds';
import { Passkey } from './Passkey';
import { Person, type PersonOptions } from './Person';
import { Presence } from './Presence';
import type { SendOptions } from './SendOptions';
import { toHistorySync, toInitialSync, type History } from './toInitialSync';

/** The phone of an account owner, to which clients are linked. */
export interface PhoneOptions extends PersonOptions {
	/** What the history sync after linking carries; an empty history when left out. */
	readonly history?: History | undefined;
}

/** The account owner's phone. */
export class Phone extends Person {
	/** What its clients say about being online and typing. */
	readonly presence = new Presence();
	/** What its clients asked of it: app state keys, messages they could not read, history. */
	readonly requests: ReceivedMessage[] = [];
	/** Whether the owner lets others know what was read (a privacy setting its clients ask for). */
	readReceipts: 'all' | 'none' = 'all';
	/** Ids of messages whose files its clients could not download and asked for again. */
	readonly mediaRequests: string[] = [];
	/**
	 * What it does then: uploads the file again; nothing, as if switched off; says that it has not got
	 * it; or fails to upload it.
	 */
	reuploads: 'always' | 'never' | 'notFound' | 'failed' = 'always';
	/** The passkey of the account, asked for only by a server that wants one. */
	readonly passkey = new Passkey();
	private readonly copies: Inbox;
	private nextDeviceId = 1;

	constructor(
		context: SimulatorContext,
		private readonly options: PhoneOptions,
	) {
		super(context, options);
		this.copies = new Inbox(this.pn);
	}

	/**
	 * Scans a QR code and links the client that shows it. Resolves when the client has been told to
	 * restart (515). Rejects when the code is malformed, its reference unknown or used, it carries a
	 * retired secret, or the client does not hold the secret it shows.
	 */
	scan(qrText: string, options?: WaitOptions): Promise<LinkedDevice> {
		return linkByQr(this.context, this, qrText, options);
	}

	/** Types a pairing code, waiting for the client to ask for this number; rejects when the code is wrong. */
	enterPairingCode(code: string, options?: WaitOptions): Promise<LinkedDevice> {
		return linkByCode(this.context, this, code, options);
	}

	/** Removes a client, as under "Linked devices" on the phone. */
	unlink(device: LinkedDevice): void {
		this.forget(device);
		device.drop('deviceRemoved');
	}

	/** The client has removed itself. */
	forget(device: LinkedDevice): void {
		const at = this.devices.indexOf(device);
		if (at >= 0) this.devices.splice(at, 1);
	}

	/** Adds a client that has proven who it is. */
	link(noiseKey: Buffer, keys: DeviceKeys): LinkedDevice {
		const device = new LinkedDevice(this.context, this, this.nextDeviceId++, noiseKey, keys);
		this.devices.push(device);
		return device;
	}

	/** What clients sent, as the phone got it (`deviceSentMessage`, or group messages), oldest first. */
	get sentCopies(): readonly ReceivedMessage[] {
		return this.copies.messages;
	}

	/** The oldest copy that no earlier call returned and that matches; waits for it. */
	receiveCopy(
		matches?: (message: ReceivedMessage) => boolean,
		options?: WaitOptions,
	): Promise<ReceivedMessage> {
		return this.copies.take(matches, options);
	}

	/** What the owner types on the phone; clients see it as a message from themselves. */
	sendText(target: Contact | Group, text: string, options: SendOptions = {}): Promise<string> {
		return this.sendMessage(target, toTextContent(text, options.linkPreview), options);
	}

	/** Any message the owner sends on the phone. Only the clients get it, no contact. */
	async sendMessage(
		target: Contact | Group,
		message: proto.IMessage,
		options: SendOptions = {},
	): Promise<string> {
		const id = options.id ?? createMessageId();
		const common = {
			t: options.timestamp ?? nowSeconds(),
			type: options.type ?? toStanzaType(message),
			edit: options.edit,
			notify: this.name,
		};
		if (target instanceof Group) {
			const attributes = { ...target.originOf(this), ...common };
			await this.sender.send({ id, message, group: target, attributes }, [...this.devices]);
			return id;
		}
		const copy = { deviceSentMessage: { destinationJid: target.jid, message } };
		const origin =
			target.addressing === 'lid'
				? {
						from: this.lid,
						recipient: target.lid,
						peer_recipient_pn: target.hidesNumber ? undefined : target.pn,
					}
				: { from: this.pn, recipient: target.pn };
		const attributes = { ...origin, ...common };
		await this.sender.send({ id, message: copy, group: undefined, attributes }, [...this.devices]);
		return id;
	}

	override findMessage(id: string): proto.IMessage | undefined {
		const sent = super.findMessage(id) ?? this.copies.find(id)?.message;
		return sent?.deviceSentMessage?.message ?? sent;
	}

	/** Sends a newly linked client the app state keys and the history, as phones do. */
	async sync(device: LinkedDevice): Promise<void> {
		for (const message of toInitialSync(this.options.history)) await this.tell(device, message);
	}

	/** Sends all linked clients another part of the history: more chats, or names that have changed. */
	async syncHistory(
		history: History,
		syncType = proto.HistorySync.HistorySyncType.RECENT,
	): Promise<void> {
		for (const device of this.devices) await this.tell(device, toHistorySync(history, syncType));
	}

	protected onMessage(message: ReceivedMessage): void {
		if (message.category === 'peer') this.requests.push(message);
		else this.copies.add(message);
	}

	/** Says something to one of its own clients. */
	private tell(
		device: LinkedDevice,
		protocolMessage: proto.Message.IProtocolMessage,
	): Promise<void> {
		const attributes = {
			from: this.pn,
			category: 'peer',
			type: 'text',
			push_priority: 'high_force',
			t: nowSeconds(),
		};
		const message = { protocolMessage };
		const id = createMessageId();
		return this.sender.send({ id, message, group: undefined, attributes }, [device]);
	}
}
