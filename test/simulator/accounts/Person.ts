import type { proto } from '@whiskeysockets/baileys';
import { readContent } from '../contents/readContent';
import { announcePicture } from '../profiles/announcePicture';
import { toKeysElement } from '../queries/preKeys';
import type { UnreadableMessage } from '../events';
import type { PreKeyBundle } from '../signal/libsignal';
import { SignalParty } from '../signal/SignalParty';
import type { SimulatorContext } from '../SimulatorContext';
import { nowSeconds } from '../stanzas/bigEndian';
import { element } from '../stanzas/element';
import { toLid, toPn } from '../stanzas/jid';
import { Turns } from '../waiting/Turns';
import { decryptStanza, type IncomingStanza } from './decryptStanza';
import type { Group } from './Group';
import type { ReceivedMessage } from './Inbox';
import type { LinkedDevice } from './LinkedDevice';
import { readText } from './readText';
import { Sender } from './Sender';
import { UnreadableError } from './UnreadableError';

/** Who a simulated person is. */
export interface PersonOptions {
	/** Phone number in digits, country code included. */
	readonly number: string;
	/** The user of the hidden identity; derived from the number when left out. */
	readonly lid?: string | undefined;
	/** The name the person shows to others. */
	readonly name?: string | undefined;
	/** The profile picture, a JPEG. */
	readonly picture?: Buffer | undefined;
	/** What the person says about itself. */
	readonly about?: string | undefined;
}

/** Someone with a phone: the account owner or a contact. */
export abstract class Person {
	/** Digits. */
	readonly number: string;
	/** The hidden identity without its server. */
	readonly lidUser: string;
	/** Shown with every message; may be changed. */
	name: string | undefined;
	/** What the person says about itself. */
	about: string | undefined;
	/** A JPEG; see `setPicture`. */
	picture: Buffer | undefined;
	/** The phone's Signal keys and sessions. */
	readonly party = new SignalParty();
	/** The clients linked to it; contacts have none. */
	readonly devices: LinkedDevice[] = [];
	/** Whether nobody is told its number, only its hidden identity. */
	hidesNumber = false;
	/** Whether it asks for what it cannot read again, as phones do; some never do. */
	asksAgain = true;
	protected readonly sender: Sender;
	private readonly reading = new Turns();

	protected constructor(
		protected readonly context: SimulatorContext,
		{ number, lid, name, picture, about }: PersonOptions,
	) {
		if (!/^\d{5,15}$/.test(number)) {
			throw new Error(`A simulated number has 5 to 15 digits, not "${number}"`);
		}
		this.number = number;
		this.lidUser = lid?.replace(/@lid$/, '') ?? `9000${number}`;
		this.name = name;
		this.picture = picture;
		this.about = about;
		this.sender = new Sender(this.party, this.lidUser);
	}

	/** `15550002222@s.whatsapp.net` */
	get pn(): string {
		return toPn(this.number);
	}

	/** `900015550002222@lid` */
	get lid(): string {
		return toLid(this.lidUser);
	}

	/** Changes the profile picture, or takes it away, and tells all linked clients. */
	setPicture(picture: Buffer | undefined): void {
		this.picture = picture;
		const change = { jid: this.pn, author: this.pn, picture };
		announcePicture(change, this.context.directory.devices());
	}

	/** Reads a stanza of a client, one after the other; asks for a re-send if that fails. */
	read(stanza: IncomingStanza): Promise<void> {
		return this.reading.take(async () => {
			let content: proto.IMessage;
			try {
				content = await decryptStanza(this.party, stanza);
			} catch (error) {
				this.context.counters.decryptErrors++;
				this.context.events.emit('unreadable', toUnreadable(this, stanza, error));
				if (this.asksAgain) this.askAgain(stanza);
				return;
			}
			this.onMessage(toReceivedMessage(stanza, content));
		});
	}

	/** Reads nothing until the returned function is called, as when it is offline; then all of it, in order. */
	pauseReading(): () => void {
		const { promise, resolve } = Promise.withResolvers<undefined>();
		void this.reading.take(() => promise);
		return () => resolve(undefined);
	}

	/** A message this person sent or got. */
	findMessage(id: string): proto.IMessage | undefined {
		return this.sender.find(id);
	}

	/** Answers a retry receipt of a client; false when the message is not known any more. */
	resend(device: LinkedDevice, id: string, bundle?: PreKeyBundle): Promise<boolean> {
		return this.sender.resend(device, id, bundle);
	}

	/** The next message to the group has a new sender key, and carries it. */
	rotateSenderKey(group: Group): void {
		this.sender.rotateSenderKey(group);
	}

	/** A message of a client that could be read. */
	protected abstract onMessage(message: ReceivedMessage): void;

	private askAgain({ device, node, group, addressedTo }: IncomingStanza): void {
		const { id } = node.attrs;
		const t = nowSeconds();
		const participant = group?.jidOf(this);
		device.deliver(
			element('receipt', { id, from: addressedTo, participant, type: 'retry', t }, [
				element('retry', { count: 1, id, t, v: 1 }),
				...toKeysElement(this.party.createBundle()),
			]),
		);
	}
}

function toUnreadable(reader: Person, stanza: IncomingStanza, error: unknown): UnreadableMessage {
	const { device, node, encs, group } = stanza;
	const part = error instanceof UnreadableError ? error : undefined;
	return {
		device,
		reader,
		id: node.attrs.id ?? '',
		isInGroup: group !== undefined,
		types: encs.map(({ attrs }) => attrs.type ?? ''),
		failed: part?.type ?? '',
		place: part?.place ?? '',
		reason: error instanceof Error ? error.message : String(error),
	};
}

function toReceivedMessage(
	{ device, node, addressedTo }: IncomingStanza,
	content: proto.IMessage,
): ReceivedMessage {
	const { id = '', type = 'text', edit, category } = node.attrs;
	const shown = content.deviceSentMessage?.message ?? content;
	return {
		...readContent(shown),
		id,
		chatJid: content.deviceSentMessage?.destinationJid ?? addressedTo,
		text: readText(shown),
		message: content,
		timestamp: nowSeconds(),
		device,
		type,
		edit,
		category,
	};
}
