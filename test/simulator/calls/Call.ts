import { randomBytes } from 'node:crypto';
import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Group } from '../accounts/Group';
import type { LinkedDevice, WaitOptions } from '../accounts/LinkedDevice';
import type { Person } from '../accounts/Person';
import { nowSeconds } from '../stanzas/bigEndian';
import { element } from '../stanzas/element';
import { Notifier } from '../waiting/Notifier';
import { waitUntil } from '../waiting/waitUntil';

/** How someone calls. */
export interface CallOptions {
	readonly video?: boolean | undefined;
	/** The group whose members are called. */
	readonly group?: Group | undefined;
}

/** One call to an account owner; it rings from the start, and each end of it is told to the linked clients. */
export class Call {
	readonly id = randomBytes(16).toString('hex').toUpperCase();
	private readonly changed = new Notifier();
	private state: 'ringing' | 'over' | 'rejected' = 'ringing';

	constructor(
		private readonly caller: Person,
		/** The JID the call comes from. */
		readonly callerJid: string,
		private readonly callee: Person,
		private readonly options: CallOptions,
	) {}

	/** It rings. */
	offer(): void {
		const { video, group } = this.options;
		const attributes = {
			caller_pn: this.caller.hidesNumber ? undefined : this.caller.pn,
			type: group && 'group',
			'group-jid': group?.jid,
		};
		this.tell('offer', attributes, [
			element('audio', { enc: 'opus', rate: 16000 }),
			...(video ? [element('video', { enc: 'vp8', dec: 'vp8' })] : []),
			element('net', { medium: 3 }),
		]);
	}

	/** The caller hangs up, before or after the call was taken. */
	hangUp(): void {
		this.tell('terminate');
	}

	/** Nobody took it. */
	timeOut(): void {
		this.tell('terminate', { reason: 'timeout' });
	}

	/** The owner takes it on the phone. */
	acceptOnPhone(): void {
		this.tell('accept');
		this.tell('terminate', { reason: 'accepted_elsewhere' });
	}

	/** The owner refuses it on the phone. */
	rejectOnPhone(): void {
		this.tell('reject');
		this.tell('terminate', { reason: 'rejected_elsewhere' });
	}

	/** A client refuses it: the caller hears of it while it rings, and so do the owner's other devices. */
	rejectFrom(device: LinkedDevice, { to, creator }: { to?: string; creator?: string }): void {
		if (this.state !== 'ringing' || to !== this.callerJid || creator !== this.callerJid) return;
		const others = this.callee.devices.filter((other) => other !== device);
		this.tell('terminate', { reason: 'rejected_elsewhere' }, undefined, others);
		this.state = 'rejected';
		this.changed.notify();
	}

	/** Whether the caller has been told no by a client. */
	get isRejectedByClient(): boolean {
		return this.state === 'rejected';
	}

	/** Resolves when a client has refused it. */
	async rejectedByClient({ timeoutMs }: WaitOptions = {}): Promise<void> {
		await waitUntil({
			on: this.changed,
			look: () => this.isRejectedByClient || undefined,
			describe: () => `a client to reject the call ${this.id}`,
			timeoutMs,
		});
	}

	private tell(
		what: string,
		attributes: Record<string, string | undefined> = {},
		content?: BinaryNode[],
		devices: readonly LinkedDevice[] = this.callee.devices,
	): void {
		if (what !== 'offer' && this.state === 'ringing') this.state = 'over';
		const child = element(
			what,
			{ 'call-id': this.id, 'call-creator': this.callerJid, ...attributes },
			content,
		);
		for (const device of devices) {
			const id = randomBytes(8).toString('hex').toUpperCase();
			const stanza = { from: this.callerJid, id, t: nowSeconds(), notify: this.caller.name };
			device.deliver(element('call', stanza, [child]));
		}
	}
}
