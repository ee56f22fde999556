import { toRecipient } from '../../contract';
import type { Clock } from '../Clock';
import type { IncomingMessage } from '../messages/IncomingMessage';
import type { KnownMessage } from '../messages/MessageMemory';
import { ChatAddresses } from '../people/ChatAddresses';
import { ChatRepository } from '../people/ChatRepository';
import { PeopleJournal } from '../people/PeopleJournal';
import { RecipientDirectory } from '../people/RecipientDirectory';
import { toMessageNews, toSentNews } from '../people/toMessageNews';
import type { Database } from '../storage/Database';
import { SignalKeyRepository } from '../storage/SignalKeyRepository';
import type { Statement } from '../storage/Statement';
import type { Staged } from '../whatsapp/ConnectionListener';
import { findLidOfPhone } from '../whatsapp/findLidOfPhone';
import type { PeopleActions } from '../whatsapp/people/PeopleActions';
import { AutoReader } from './AutoReader';
import { SessionPeople } from './SessionPeople';

interface AccountPeopleOptions {
	instanceId: string;
	database: Database;
	clock: Clock;
	ttlMs: number;
	phoneOfLid: (lid: string) => string | null;
	/** Whether incoming messages are marked read by themselves. */
	isReadingOn: () => boolean;
	/** The open connection; throws the ApiError that says why there is none. */
	online: () => PeopleActions;
}

/** All that an instance has to do with people: whom it knows, whom it can reach, whose messages it reads. */
export class AccountPeople {
	readonly port: SessionPeople;
	readonly journal: PeopleJournal;
	readonly recipients: RecipientDirectory;
	readonly addresses: ChatAddresses;
	private readonly autoReader: AutoReader;

	constructor(options: AccountPeopleOptions) {
		this.recipients = new RecipientDirectory(options);
		this.journal = new PeopleJournal(options);
		const { instanceId, database, ttlMs, phoneOfLid } = options;
		const chats = new ChatRepository(database, ttlMs);
		const keys = new SignalKeyRepository(database);
		const lidOfPhone = (phone: string) => findLidOfPhone(keys, instanceId, phone);
		this.addresses = new ChatAddresses({ instanceId, chats, phoneOfLid, lidOfPhone });
		const { recipients: directory, addresses } = this;
		this.port = new SessionPeople({ ...options, chats, directory, addresses });
		this.autoReader = new AutoReader({
			isOn: options.isReadingOn,
			clock: options.clock,
			read: (chatId, keys) => this.port.readKeys(chatId, keys, false),
		});
	}

	/** Another spelling of a phone's JID, when WhatsApp is known to use that. */
	readonly spell = (jid: string): string => this.recipients.known(jid)?.jid ?? jid;

	/** Seconds after which messages to somebody disappear; 0 when they stay. */
	readonly timerOf = (jid: string): number => {
		// Few accounts have any, and what a chat is kept under may have to be read.
		const recipient = this.journal.hasTimers ? toRecipient(jid) : undefined;
		return recipient ? this.journal.timerOf(this.port.chatIdOf(recipient)) : 0;
	};

	/** Adds what a message says of its chat and sender to its rows; marks it read afterwards if need be. */
	received(message: IncomingMessage, staged: Staged): Staged {
		const news = toMessageNews(message);
		return {
			statements: [...staged.statements, ...(news ? this.journal.noteMessage(news) : [])],
			announce: () => {
				staged.announce?.();
				this.autoReader.received(message);
			},
		};
	}

	/** Rows that follow from a message having been sent; `address` is where WhatsApp has taken it. */
	readonly sent = (message: KnownMessage, address: string | null): Statement[] => {
		const rows = this.journal.noteMessage(toSentNews(message, address));
		const { timerSeconds } = message.details;
		if (timerSeconds === undefined) return rows;
		return [...rows, ...this.journal.noteChats([{ id: message.chatId, timerSeconds }])];
	};

	/** The connection is open. */
	attach(): void {
		this.autoReader.resume();
	}

	/** The connection has ended: the disk is the truth. */
	detach(): void {
		this.journal.forgetUncommitted();
	}

	/** The account is gone, and with it whom it knew. */
	removeAll(): Statement[] {
		this.autoReader.forget();
		return this.journal.removeAll();
	}
}
