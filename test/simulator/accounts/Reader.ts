import type { proto } from '@whiskeysockets/baileys';
import { decryptVote, readPoll } from '../contents/polls';
import { nowSeconds } from '../stanzas/bigEndian';
import { element } from '../stanzas/element';
import { isLid } from '../stanzas/jid';
import type { SimulatorContext } from '../SimulatorContext';
import { Acks, type Refusal } from './Acks';
import { ClientTraces, type SeenTyping } from './ClientTraces';
import { Inbox, type ReceivedMessage } from './Inbox';
import type { LinkedDevice, WaitOptions } from './LinkedDevice';
import { MessageBoard } from './MessageBoard';
import { Person, type PersonOptions } from './Person';

/** Someone who reads what clients send, and tells them so. */
export abstract class Reader extends Person {
	/** Whether it answers a message with a delivery receipt, and at once with a read receipt. */
	autoReceipts = { delivered: true, read: false };
	/** How the server answers messages to this contact. */
	readonly acks = new Acks();
	/** What it sees of clients besides their messages. */
	readonly traces: ClientTraces;
	/**
	 * The names under which clients do not reach it: the server refuses messages to them with 463, and nobody
	 * sees receipts and typing that are sent there.
	 */
	refusedNames: ReadonlyArray<'pn' | 'lid'> = [];
	private readonly mailbox: Inbox;
	/** What the messages show by now, after edits and deletions. */
	private readonly board = new MessageBoard();

	protected constructor(context: SimulatorContext, options: PersonOptions) {
		super(context, options);
		this.mailbox = new Inbox(this.pn);
		this.traces = new ClientTraces(this.pn);
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

	/** The file of a received message, decrypted; throws when a hash or the authentication code is wrong. */
	download({ message }: ReceivedMessage): Promise<Buffer> {
		return this.context.media.fetch(message);
	}

	/**
	 * Resolves with the first time a client types or records for this contact, or stops; of those after
	 * the first `after` (see `traces.typing`).
	 */
	seesTyping(
		state: 'composing' | 'recording' | 'paused' = 'composing',
		{ after = 0, ...options }: WaitOptions & { readonly after?: number } = {},
	): Promise<SeenTyping> {
		return this.traces.untilTyping(state, after, options);
	}

	/** Resolves when a client has told this contact that it has read that message. */
	readByClient(id: string, options: WaitOptions = {}): Promise<void> {
		return this.traces.untilReceipt(id, 'read', options);
	}

	/** Resolves when a client has told this contact that it has played that message. */
	playedByClient(id: string, options: WaitOptions = {}): Promise<void> {
		return this.traces.untilReceipt(id, 'played', options);
	}

	/** What a received message says by now: its text, or that of its latest edit. */
	textOf(id: string): string | undefined {
		return this.board.textOf(id);
	}

	/** Whether the author has deleted a received message for everyone. */
	isDeleted(id: string): boolean {
		return this.board.isDeleted(id);
	}

	/** Seconds after which a client has said that messages disappear from their chat; 0: they stay. */
	get timerSeconds(): number {
		return this.board.timerSeconds;
	}

	/** The emojis with which clients react to a message by now, the client's own and those of others. */
	reactionTo(id: string): string | undefined {
		return this.board.reactionTo(id);
	}

	/** The options a client has voted for in a poll, decrypted; throws when they cannot be. */
	readPollVote(vote: ReceivedMessage): string[] {
		const { vote: encrypted, pollCreationMessageKey } = vote.message.pollUpdateMessage ?? {};
		const message = this.findMessage(pollCreationMessageKey?.id ?? '');
		const poll = message && readPoll(message);
		const secret = message?.messageContextInfo?.messageSecret;
		if (!encrypted || !poll || !secret) throw new Error(`${vote.id} is no vote in a known poll`);
		const own = [this.pn, this.lid];
		const owner = [vote.device.phone.pn, vote.device.phone.lid];
		const authors = pollCreationMessageKey?.fromMe ? owner : own;
		const pollId = pollCreationMessageKey?.id ?? '';
		for (const pollAuthorJid of authors) {
			for (const voterJid of owner) {
				try {
					return decryptVote(encrypted, { pollId, pollAuthorJid, voterJid, secret }, poll);
				} catch {
					// Names by number and by hidden identity are both in use: the next may be the one.
				}
			}
		}
		throw new Error(`The vote ${vote.id} cannot be decrypted under any name of poll and voter`);
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

	/** Whether clients reach it under that JID. */
	isReachedAt(jid: string): boolean {
		return !this.refusedNames.includes(isLid(jid) ? 'lid' : 'pn');
	}

	/** The server answers the next message to this contact with that error and does not deliver it. */
	refuseNext(refusal: Refusal): void {
		this.acks.refuseNext(refusal);
	}

	/** While true the server keeps back its acks for messages to this contact, and the receipts that follow. */
	holdAcks(hold: boolean): void {
		this.acks.hold(hold);
	}

	override findMessage(id: string): proto.IMessage | undefined {
		return this.mailbox.find(id)?.message ?? super.findMessage(id);
	}

	/** A message that was not there before. */
	protected abstract onNewMessage(message: ReceivedMessage): void;

	protected onMessage(message: ReceivedMessage): void {
		if (this.mailbox.add(message)) {
			this.board.show(message);
			this.onNewMessage(message);
		} else {
			this.context.counters.duplicates++;
		}
		if (this.autoReceipts.delivered) this.sendReceipt(message, [message.id], undefined);
		if (this.autoReceipts.read) this.sendReceipt(message, [message.id], 'read');
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
		{ device, chatJid }: { readonly device: LinkedDevice; readonly chatJid: string },
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
