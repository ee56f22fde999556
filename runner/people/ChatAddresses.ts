import { toNumber } from '../../contract';
import type { ChatRepository } from './ChatRepository';

interface AddressOptions {
	instanceId: string;
	chats: Pick<ChatRepository, 'isByLid'>;
	/** Digits of the phone behind a LID's JID, when it is known. */
	phoneOfLid: (lid: string) => string | null;
	/** The LID's JID of a phone (digits), when it is known. */
	lidOfPhone: (phone: string) => string | null;
}

/**
 * Under which of its two names, phone or LID, WhatsApp is told of a chat: as its last message came, or as
 * the last one was taken. Of some people WhatsApp takes messages under one name only, and refuses the
 * other as if the account were restricted (463). Only the kind of name is kept: whose LID belongs to a
 * phone is asked each time, as a number may get another owner.
 */
export class ChatAddresses {
	/** Chats whose other name is being tried, by what they are kept under; whether that is the LID. */
	private readonly trials = new Map<string, boolean>();

	constructor(private readonly options: AddressOptions) {}

	/** The JID of a chat on the wire, whichever of its names is given; of groups the JID itself. */
	of(jid: string): string {
		if (!isPerson(jid)) return jid;
		const { instanceId, chats } = this.options;
		const id = this.idOf(jid);
		const isByLid = this.trials.get(id) ?? chats.isByLid(instanceId, id);
		if (isByLid === undefined || isByLid === isLid(jid)) return jid;
		return this.otherName(jid) ?? jid;
	}

	/** The same for a message that WhatsApp has refused under one of the names. */
	ofMessage(jid: string, refusedName: string | null): string {
		return (refusedName && this.otherName(refusedName)) || this.of(jid);
	}

	/** The LID's JID of a phone's, and the other way round; undefined when it is not known. */
	otherName(jid: string): string | undefined {
		if (!isPerson(jid)) return undefined;
		const { phoneOfLid, lidOfPhone } = this.options;
		if (!isLid(jid)) return lidOfPhone(toNumber(jid)) ?? undefined;
		const phone = phoneOfLid(jid);
		return phone === null ? undefined : toPhoneJid(phone);
	}

	/** WhatsApp refuses this name: until it is clear which one it takes, the other is used for all messages. */
	refused(jid: string): void {
		this.trials.set(this.idOf(jid), !isLid(jid));
	}

	/** It is clear, and on disk if it was taken. */
	settled(jid: string): void {
		if (this.trials.size > 0) this.trials.delete(this.idOf(jid));
	}

	/** What a chat is kept under: the phone's JID when it is known. */
	private idOf(jid: string): string {
		return (isLid(jid) && this.otherName(jid)) || jid;
	}
}

const isLid = (jid: string): boolean => jid.endsWith('@lid');

const isPerson = (jid: string): boolean => isLid(jid) || jid.endsWith('@s.whatsapp.net');

const toPhoneJid = (phone: string): string => `${phone}@s.whatsapp.net`;
