import type { BinaryNode } from '@whiskeysockets/baileys';
import { Call, type CallOptions } from '../calls/Call';
import type { Business } from '../profiles/Business';
import { toKeysElement } from '../queries/preKeys';
import type { SimulatorContext } from '../SimulatorContext';
import { nowSeconds } from '../stanzas/bigEndian';
import { element } from '../stanzas/element';
import type { Group } from './Group';
import type { ReceivedMessage } from './Inbox';
import { createMessageId } from './messageIds';
import type { PersonOptions } from './Person';
import type { Phone } from './Phone';
import { Writer } from './Writer';

/** Who a contact is and how it appears. */
export interface ContactOptions extends PersonOptions {
	/** Whether its messages come from its number (the default) or from its hidden identity. */
	readonly addressing?: 'pn' | 'lid' | undefined;
	/** With `addressing: 'lid'`: messages and groups do not tell its number, until this is set to false. */
	readonly hidesNumber?: boolean | undefined;
	/** Its public name, told with every message; none by default. */
	readonly username?: string | undefined;
	/** Whether the number is on WhatsApp; default true. */
	readonly registered?: boolean | undefined;
	/** Makes it a business, whose messages carry a verified name. */
	readonly business?: Business | undefined;
	/** Makes it a client that runs libsignal 6.0.0 as it is: unlike phones it damages sessions that cross. */
	readonly damagesSessions?: boolean | undefined;
	/**
	 * Other numbers for which the server names this contact when it is asked whether they are on
	 * WhatsApp (a Brazilian number with the ninth digit, a Mexican one without the 1); none by default.
	 */
	readonly aliases?: readonly string[] | undefined;
}

/** Someone the account owner writes with. */
export class Contact extends Writer {
	/** May be changed: see `migrate`. */
	addressing: 'pn' | 'lid';
	readonly registered: boolean;
	readonly business: Business | undefined;
	readonly username: string | undefined;
	/** Whether it hides picture and about text from the owner. */
	hidesProfile = false;
	/**
	 * The error a client gets when it adds this contact to a group: 403 can be invited only, 408 has
	 * left lately, 401 has blocked the owner; undefined: it can be added.
	 */
	groupAddError: number | undefined;

	constructor(context: SimulatorContext, options: ContactOptions) {
		super(context, options);
		this.addressing = options.addressing ?? 'pn';
		this.hidesNumber = options.hidesNumber ?? false;
		this.registered = options.registered ?? true;
		this.business = options.business;
		this.party.keepsFailedSteps = options.damagesSessions ?? false;
		this.username = options.username;
		for (const alias of options.aliases ?? []) context.directory.addAlias(alias, this);
	}

	/**
	 * From now on it goes by its hidden identity alone, as WhatsApp has it with more and more contacts: its
	 * messages come from there, and its number is refused.
	 */
	migrate(): void {
		this.addressing = 'lid';
		this.refusedNames = ['pn'];
	}

	/** Calls the account owner; the call rings at once. */
	call(phone: Phone, options: CallOptions = {}): Call {
		const call = new Call(this, this.jid, phone, options);
		this.context.directory.addCall(call);
		call.offer();
		return call;
	}

	/** Shows "typing", "recording" or nothing; lost when the client is offline. */
	typing(phone: Phone, state: 'composing' | 'recording' | 'paused' = 'composing'): void {
		const child = state === 'recording' ? element('composing', { media: 'audio' }) : element(state);
		for (const device of phone.devices) {
			device.deliverVolatile(element('chatstate', { from: this.jid }, [child]));
		}
	}

	/** The next message to the owner's clients begins a new session, with a prekey message. */
	startNewSession(phone: Phone): void {
		for (const device of phone.devices) this.party.startNewSession(device.address);
	}

	/** Forgets the sessions with the owner's clients: their next message cannot be read and is asked for again. */
	loseSessions(phone: Phone): void {
		for (const device of phone.devices) this.party.loseSessions(device.address);
	}

	/** Forgets what the owner's clients encrypt for the group with: what they write there cannot be read any more. */
	loseSenderKey(phone: Phone, group: Group): void {
		for (const device of phone.devices) this.party.senderKeys.forget(group.jid, device.address);
	}

	/**
	 * Has a new phone: a new identity, and nothing that it had before. The server tells the clients, naming
	 * the contact as its messages do, or under that JID.
	 */
	reinstall(phone: Phone, { from }: { from?: string | undefined } = {}): void {
		this.party.startOver();
		this.sender.startOver();
		const named = from ?? (this.addressing === 'lid' ? this.lid : this.pn);
		this.sendStanza(phone, 'notification', { from: named, type: 'encrypt' }, [element('identity')]);
	}

	/** Sends clients a stanza as it is given, from this contact unless its attributes say otherwise. */
	sendStanza(
		phone: Phone,
		tag: string,
		attributes: Record<string, string | number | undefined> = {},
		content?: BinaryNode[],
	): void {
		const common = { id: createMessageId(), from: this.jid, t: nowSeconds() };
		for (const device of phone.devices) {
			device.deliver(element(tag, { ...common, ...attributes }, content));
		}
	}

	/** Asks clients for a message again, whoever it was for; what they give goes to the inbox. */
	askFor(phone: Phone, id: string, { group }: { group?: Group | undefined } = {}): void {
		const origin = group && { from: group.jid, participant: group.jidOf(this) };
		this.sendStanza(phone, 'receipt', { id, ...origin, type: 'retry' }, [
			element('retry', { count: 1, id, t: nowSeconds(), v: 1 }),
			...toKeysElement(this.party.createBundle()),
		]);
	}

	protected onNewMessage(message: ReceivedMessage): void {
		this.context.events.emit('messageAtContact', this, message);
	}
}
