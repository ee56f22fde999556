import type { BinaryNode } from '@whiskeysockets/baileys';
import type { LoggedInClient } from '../connection/LoggedInClient';
import type { DropKind } from '../connection/dropKinds';
import type { NodeSocket } from '../connection/NodeSocket';
import { DeliveryQueue, type QueuedStanza, type Settlement } from '../delivery/DeliveryQueue';
import type { PreKeyBundle } from '../signal/libsignal';
import { element, SERVER_JID } from '../stanzas/element';
import { toLid, toPn } from '../stanzas/jid';
import { Notifier } from '../waiting/Notifier';
import { waitUntil } from '../waiting/waitUntil';
import type { SimulatorContext } from '../SimulatorContext';
import type { DeviceKeys } from './DeviceKeys';
import type { Phone } from './Phone';

/** With this many one-time prekeys left the server asks for more. */
const PREKEYS_LOW = 4;

/** Options of everything that waits. */
export interface WaitOptions {
	readonly timeoutMs?: number | undefined;
}

/** A client linked to a phone, whether connected or not. */
export class LinkedDevice {
	/** Notified at every change of connection or queue. */
	readonly changed = new Notifier();
	private readonly queue = new DeliveryQueue();
	private readonly receipts = new Set<string>();
	private client: LoggedInClient | undefined;
	private losesReceipts = false;
	/** From now on messages of the client are lost on the way, as if the socket had died with them. */
	losesMessages = false;
	/** Whether the phone has sent it the app state keys and the history. */
	synced = false;

	constructor(
		private readonly context: SimulatorContext,
		readonly phone: Phone,
		/** The device number, 1 and up. */
		readonly id: number,
		/** The Noise static key that identifies the client at login, 32 bytes. */
		readonly noiseKey: Buffer,
		readonly keys: DeviceKeys,
	) {}

	/** `15550001111:1@s.whatsapp.net` */
	get jid(): string {
		return toPn(this.phone.number, this.id);
	}

	/** `900015550001111:1@lid` */
	get lid(): string {
		return toLid(this.phone.lidUser, this.id);
	}

	/** The name under which Signal sessions with this client are kept: one, whatever the addressing. */
	get address(): string {
		return `${this.phone.lidUser}:${this.id}`;
	}

	/** Whether the client is logged in and ready to receive. */
	get online(): boolean {
		return this.client?.ready === true;
	}

	/** The connection itself, for what no server should send; undefined while offline. */
	get socket(): NodeSocket | undefined {
		return this.client?.socket;
	}

	/** The stanzas the client has not settled, oldest first. They come again at its next login. */
	get unreceipted(): BinaryNode[] {
		return this.queue.list().map(({ node }) => node);
	}

	/** Resolves when the client has answered that message with a receipt, an ack or an error ack. */
	receipted(messageId: string, { timeoutMs }: WaitOptions = {}): Promise<Settlement> {
		return waitUntil({
			on: this.changed,
			look: () => this.queue.settlementOf(messageId),
			describe: () => `a receipt of ${this.jid} for ${messageId}; ${this.describe()}`,
			timeoutMs,
		});
	}

	/** Resolves when the client has sent a receipt of that type (`read`, `played`, …) for that message. */
	async receipt(messageId: string, type: string, { timeoutMs }: WaitOptions = {}): Promise<void> {
		await waitUntil({
			on: this.changed,
			look: () => this.receipts.has(`${type} ${messageId}`) || undefined,
			describe: () => `a ${type} receipt of ${this.jid} for ${messageId}; ${this.describe()}`,
			timeoutMs,
		});
	}

	/** Resolves when the client has settled everything that was sent so far. */
	async drained({ timeoutMs }: WaitOptions = {}): Promise<void> {
		await waitUntil({
			on: this.changed,
			look: () => (this.queue.size === 0 ? true : undefined),
			describe: () => `${this.jid} to settle everything; ${this.describe()}`,
			timeoutMs,
		});
	}

	/** Resolves when the client is logged in and ready to receive. */
	async whenOnline({ timeoutMs }: WaitOptions = {}): Promise<void> {
		await waitUntil({
			on: this.changed,
			look: () => this.online || undefined,
			describe: () => `${this.jid} to be online; ${this.describe()}`,
			timeoutMs,
		});
	}

	/** Resolves when the client has no connection. */
	async whenOffline({ timeoutMs }: WaitOptions = {}): Promise<void> {
		await waitUntil({
			on: this.changed,
			look: () => (this.client === undefined ? true : undefined),
			describe: () => `${this.jid} to be offline; ${this.describe()}`,
			timeoutMs,
		});
	}

	/** A bundle to begin a session with this client; asks the client for more prekeys when few are left. */
	takeBundle(): PreKeyBundle {
		const bundle = this.keys.take();
		if (this.keys.count === PREKEYS_LOW && this.synced) {
			this.deliver(
				element(
					'notification',
					{ from: SERVER_JID, type: 'encrypt', id: `prekeys-${Date.now()}` },
					[element('count', { value: PREKEYS_LOW })],
				),
			);
		}
		return bundle;
	}

	/** Ends the connection in that way; does nothing while offline. */
	drop(how: DropKind): void {
		this.client?.drop(how);
	}

	/** From now on receipts and acks of the client are lost on the way, as if the socket had died with them. */
	loseReceipts(lose: boolean): void {
		this.losesReceipts = lose;
	}

	/** Keeps a stanza until the client settles it, and hands it over as soon as it is online. */
	deliver(node: BinaryNode): void {
		const stanza = this.queue.add(node);
		if (node.tag === 'message') this.context.counters.messagesToClient++;
		if (this.online) this.write(stanza);
	}

	/** Hands over a stanza that is not kept: gone when the client is offline. */
	deliverVolatile(node: BinaryNode): void {
		if (this.online) this.client?.send(node);
	}

	/** The client sent a receipt, whether or not it settles the message; false when it is lost on the way. */
	noteReceipt(messageId: string, type: string | undefined): boolean {
		if (this.losesReceipts) return false;
		if (type !== undefined) this.receipts.add(`${type} ${messageId}`);
		this.changed.notify();
		return true;
	}

	/** The client answered a message. */
	settleMessage(id: string, chat: string | undefined, settlement: Settlement): void {
		if (this.losesReceipts) return;
		this.queue.settleMessage(id, chat, settlement);
		this.changed.notify();
	}

	/** The client acknowledged a receipt or a notification. */
	settleOther(ack: BinaryNode): void {
		if (this.losesReceipts) return;
		this.queue.settleOther(ack);
		const { id = '', type } = ack.attrs;
		this.context.events.emit('acknowledged', { device: this, id, type });
		this.changed.notify();
	}

	/** A login succeeded; an older connection of the same client is ended as replaced. */
	attach(client: LoggedInClient): void {
		this.client?.drop('replaced');
		this.client = client;
		this.changed.notify();
	}

	/** The client's connection is gone. */
	detach(client: LoggedInClient): void {
		if (this.client !== client) return;
		this.client = undefined;
		this.context.events.emit('offline', this);
		this.changed.notify();
	}

	/** The client is ready: everything unsettled goes out again, marked as offline, and the end of it is told. */
	deliverBacklog(): void {
		const backlog = this.queue.list();
		this.client?.cork(() => {
			if (backlog.length > 0) {
				const count = backlog.length;
				this.client?.send(element('ib', {}, [element('offline_preview', { count })]));
			}
			backlog.forEach((stanza, index) => this.write(stanza, index));
			const end = element('offline', { count: backlog.length });
			this.client?.send(element('ib', { from: SERVER_JID }, [end]));
		});
		this.context.events.emit('online', this);
		this.changed.notify();
	}

	/** Hands over again what was written at least `ageMs` ago and is still unsettled. */
	redeliver(ageMs: number): void {
		if (!this.online) return;
		const before = Date.now() - ageMs;
		const overdue = this.queue.list().filter(({ writtenAtMs }) => writtenAtMs <= before);
		overdue.forEach((stanza, index) => this.write(stanza, index));
	}

	private write(stanza: QueuedStanza, offline?: number): void {
		if (stanza.writtenAtMs > 0) this.context.counters.redeliveries++;
		stanza.writtenAtMs = Date.now();
		const { node } = stanza;
		this.client?.send(
			offline === undefined
				? node
				: { ...node, attrs: { ...node.attrs, offline: String(offline) } },
		);
	}

	private describe(): string {
		const unsettled = this.queue.list().map(({ key }) => key);
		const shown = unsettled.slice(0, 5).join(', ');
		const state = this.online ? 'online' : 'offline';
		return `it is ${state}, ${unsettled.length} unsettled${shown && `: ${shown}`}`;
	}
}
