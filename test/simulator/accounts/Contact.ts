import type { proto } from '@whiskeysockets/baileys';
import type { MediaKind } from '../media/mediaCrypto';
import type { SimulatorContext } from '../SimulatorContext';
import { nowSeconds } from '../stanzas/bigEndian';
import { element } from '../stanzas/element';
import { Acks, type Refusal } from './Acks';
import { Group } from './Group';
import { Inbox, type ReceivedMessage } from './Inbox';
import type { LinkedDevice, WaitOptions } from './LinkedDevice';
import {
	toEditContent,
	toReactionContent,
	toReplyContent,
	toRevokeContent,
	toStanzaType,
	toTextContent,
	type MessageReference,
	type ReferenceFrame,
} from './messageContents';
import { createMessageId } from './messageIds';
import { Person, type PersonOptions } from './Person';
import { Phone } from './Phone';
import type { SendOptions } from './SendOptions';

/** Who a contact is and how it appears. */
export interface ContactOptions extends PersonOptions {
	/** Whether its messages come from its number (the default) or from its hidden identity. */
	readonly addressing?: 'pn' | 'lid' | undefined;
	/** Whether the number is on WhatsApp; default true. */
	readonly registered?: boolean | undefined;
}

/** Someone the account owner writes with. */
export class Contact extends Person {
	readonly addressing: 'pn' | 'lid';
	readonly registered: boolean;
	/** Whether it answers a message with a delivery receipt, and at once with a read receipt. */
	autoReceipts = { delivered: true, read: false };
	/** How the server answers messages to this contact. */
	readonly acks = new Acks();
	private readonly mailbox: Inbox;

	constructor(context: SimulatorContext, options: ContactOptions) {
		super(context, options);
		this.addressing = options.addressing ?? 'pn';
		this.registered = options.registered ?? true;
		this.mailbox = new Inbox(this.pn);
	}

	/** The JID its messages come from. */
	get jid(): string {
		return this.addressing === 'lid' ? this.lid : this.pn;
	}

	/** All messages it could read, in order, each id once. */
	get inbox(): readonly ReceivedMessage[] {
		return this.mailbox.messages;
	}

	/** How often the client sent an id again that was read already. */
	get duplicates(): number {
		return this.mailbox.duplicates;
	}

	/** The oldest message that no earlier `receive` returned and that matches; waits for it. */
	receive(
		matches?: (message: ReceivedMessage) => boolean,
		options?: WaitOptions,
	): Promise<ReceivedMessage> {
		return this.mailbox.take(matches, options);
	}

	/** Resolves when the inbox holds at least that many messages. */
	received(count: number, options?: WaitOptions): Promise<void> {
		return this.mailbox.reach(count, options);
	}

	/** Sends a text; resolves with its id when it is queued at the server. */
	sendText(target: Phone | Group, text: string, options: SendOptions = {}): Promise<string> {
		const content = options.quoted
			? toReplyContent(text, options.quoted, this.frameOf(target))
			: toTextContent(text, options.linkPreview);
		return this.sendMessage(target, content, options);
	}

	/** Sends any message; resolves with its id when it is queued at the server for every linked client. */
	async sendMessage(
		target: Phone | Group,
		message: proto.IMessage,
		options: SendOptions = {},
	): Promise<string> {
		const id = options.id ?? createMessageId();
		const devices = target instanceof Phone ? target.devices : linkedDevicesIn(target);
		if (devices.length === 0) {
			throw new Error(`${this.pn} cannot send: no client is linked to the receiving phone`);
		}
		const group = target instanceof Group ? target : undefined;
		const attributes = {
			...this.originIn(group),
			t: options.timestamp ?? nowSeconds(),
			type: options.type ?? toStanzaType(message),
			edit: options.edit,
		};
		await this.sender.send({ id, message, group, attributes }, [...devices]);
		return id;
	}

	/** Uploads a file and sends it, with what else the message says (`caption`, `mimetype`, `ptt`, …). */
	sendMedia(
		target: Phone | Group,
		kind: MediaKind,
		file: Buffer,
		fields: Record<string, unknown> = {},
		options: SendOptions = {},
	): Promise<string> {
		const content = { ...this.context.media.upload(file, kind), ...fields };
		return this.sendMessage(target, { [`${kind}Message`]: content }, options);
	}

	/** Answers a message. */
	reply(target: Phone | Group, to: MessageReference, text: string): Promise<string> {
		return this.sendText(target, text, { quoted: to });
	}

	/** Reacts to a message of either side; "" takes the reaction back. */
	react(target: Phone | Group, to: MessageReference, emoji: string): Promise<string> {
		return this.sendMessage(target, toReactionContent(to, emoji, this.frameOf(target)));
	}

	/** Changes the text of an own message. */
	edit(target: Phone | Group, id: string, text: string): Promise<string> {
		return this.sendMessage(target, toEditContent(id, text, this.frameOf(target)), { edit: 1 });
	}

	/** Deletes an own message for everyone. */
	revoke(target: Phone | Group, id: string): Promise<string> {
		return this.sendMessage(target, toRevokeContent(id, this.frameOf(target)), { edit: 7 });
	}

	/** Shows "typing", "recording" or nothing; lost when the client is offline. */
	typing(phone: Phone, state: 'composing' | 'recording' | 'paused' = 'composing'): void {
		const child = state === 'recording' ? element('composing', { media: 'audio' }) : element(state);
		for (const device of phone.devices) {
			device.deliverVolatile(element('chatstate', { from: this.jid }, [child]));
		}
	}

	/** Tells the client that messages of it were delivered, when `autoReceipts.delivered` is off. */
	markDelivered(...ids: string[]): void {
		this.sendReceipts(ids, undefined);
	}

	/** Tells the client that messages of it were read. */
	markRead(...ids: string[]): void {
		this.sendReceipts(ids, 'read');
	}

	/** Tells the client that voice messages or videos of it were played. */
	markPlayed(...ids: string[]): void {
		this.sendReceipts(ids, 'played');
	}

	/** The server answers the next message to this contact with that error and does not deliver it. */
	refuseNext(refusal: Refusal): void {
		this.acks.refuseNext(refusal);
	}

	/** While true the server keeps back its acks for messages to this contact, and the receipts that follow. */
	holdAcks(hold: boolean): void {
		this.acks.hold(hold);
	}

	/** The next message to the owner's clients begins a new session, with a prekey message. */
	startNewSession(phone: Phone): void {
		for (const device of phone.devices) this.party.startNewSession(device.address);
	}

	/** Forgets the sessions with the owner's clients: their next message cannot be read and is asked for again. */
	loseSessions(phone: Phone): void {
		for (const device of phone.devices) this.party.loseSessions(device.address);
	}

	protected onMessage(message: ReceivedMessage): void {
		if (this.mailbox.add(message)) this.context.events.emit('messageAtContact', this, message);
		else this.context.counters.duplicates++;
		if (this.autoReceipts.delivered) this.sendReceipt(message, [message.id], undefined);
		if (this.autoReceipts.read) this.sendReceipt(message, [message.id], 'read');
	}

	private originIn(group: Group | undefined): Record<string, string | undefined> {
		const notify = this.name;
		if (!group) {
			return this.addressing === 'lid'
				? { from: this.lid, sender_pn: this.pn, notify }
				: { from: this.pn, sender_lid: this.lid, notify };
		}
		return { ...group.originOf(this), notify };
	}

	private frameOf(target: Phone | Group): ReferenceFrame {
		if (target instanceof Group) {
			const owner = target.participants.find((person) => person instanceof Phone);
			const ownerJid = owner ? target.jidOf(owner) : '';
			return { chatJid: target.jid, ownerJid, selfJid: target.jidOf(this), isGroup: true };
		}
		const ownerJid = this.addressing === 'lid' ? target.lid : target.pn;
		return { chatJid: ownerJid, ownerJid, selfJid: this.jid, isGroup: false };
	}

	/** One receipt per chat; a chat's ids share it. */
	private sendReceipts(ids: string[], type: string | undefined): void {
		const chats = new Map<string, { message: ReceivedMessage; ids: string[] }>();
		for (const id of ids) {
			const message = this.mailbox.find(id);
			if (!message) throw new Error(`${this.pn} has no message ${id} that it could answer`);
			const key = `${message.device.jid} ${message.chatJid}`;
			const chat = chats.get(key);
			if (chat) chat.ids.push(id);
			else chats.set(key, { message, ids: [id] });
		}
		for (const chat of chats.values()) this.sendReceipt(chat.message, chat.ids, type);
	}

	private sendReceipt(
		{ device, chatJid }: ReceivedMessage,
		[id, ...more]: string[],
		type: string | undefined,
	): void {
		const participant = this.context.directory.findGroup(chatJid)?.jidOf(this);
		const items = more.map((other) => element('item', { id: other }));
		const list = items.length > 0 ? [element('list', {}, items)] : undefined;
		const attributes = { id, from: chatJid, participant, type, t: nowSeconds() };
		this.acks.whenFlowing(() => device.deliver(element('receipt', attributes, list)));
	}
}

const linkedDevicesIn = (group: Group): LinkedDevice[] =>
	group.participants.flatMap((person) => (person instanceof Phone ? person.devices : []));
