import type { Clock } from '../Clock';
import type { ChatKeys } from '../people/ChatKeys';
import type { Database } from '../storage/Database';
import type { Statement } from '../storage/Statement';
import type { ChatAddresses } from '../people/ChatAddresses';
import type { OutboxPort } from '../webhooks/OutboxPort';
import { AwaitedMessages, type Recovery } from './AwaitedMessages';
import { EventMaker } from './EventMaker';
import { MessageJournal, type FileDownloads } from './MessageJournal';
import { MessageMemory, type KnownMessage } from './MessageMemory';
import { MessageRepository } from './MessageRepository';
import { RosterRepository } from './RosterRepository';
import { SendQueueRepository } from './SendQueueRepository';
import { SentJournal } from './SentJournal';
import { StatusBook } from './StatusBook';

export interface JournalsOptions {
	instanceId: string;
	/** Asked at each event: an instance can be renamed. */
	instanceName: () => string;
	ownNumber: () => string | null;
	/** Digits of the phone behind a LID's JID, when it is known. */
	phoneOfLid: (lid: string) => string | null;
	database: Database;
	outbox: OutboxPort;
	ttlMs: number;
	clock: Clock;
	/** URL of a stored file. */
	toMediaUrl: (sha256: string) => string;
	/** Name of a chat; null when it is not known. */
	chatName: (chat: string) => string | null;
	chatKeys: ChatKeys;
	/** Whether what the owner types on the phone is for every receiver. */
	ownMessages: () => boolean;
	downloads: FileDownloads;
	/** A message that was asked for again has come. */
	onRecovered: (recovery: Recovery) => void;
	/** Rows that follow from a message having been sent. */
	noteSent: (message: KnownMessage, address: string | null) => Statement[];
	addresses: ChatAddresses;
	/** What a message is after an edit; both serialised, the edit as it was sent. */
	applyEdit: (stored: Uint8Array, edit: Uint8Array) => Uint8Array;
}

/** The two journals of one instance, over one memory: what comes, and what is sent from here. */
export function createJournals(options: JournalsOptions): {
	received: MessageJournal;
	sent: SentJournal;
	messages: MessageRepository;
	awaited: AwaitedMessages;
} {
	const { instanceId, instanceName, ownNumber, database, outbox, ttlMs, clock } = options;
	const { toMediaUrl, chatName, chatKeys, ownMessages, downloads } = options;
	const { onRecovered, noteSent, addresses, applyEdit } = options;
	const messages = new MessageRepository(database, ttlMs);
	const memory = new MessageMemory({ messages, instanceId, clock, phoneOfLid: options.phoneOfLid });
	const origin = { instanceId, instanceName, clock, toMediaUrl, chatName, chatKeys };
	const events = new EventMaker(origin);
	const statuses = new StatusBook({ instanceId, messages, events, outbox, clock });
	const common = { instanceId, messages, memory, statuses, events, outbox, clock };
	const awaited = new AwaitedMessages({
		instanceId,
		database,
		events,
		outbox,
		clock,
		ttlMs,
		onRecovered,
	});
	const queue = new SendQueueRepository(database);
	const rosters = new RosterRepository(database, ttlMs);
	return {
		messages,
		awaited,
		received: new MessageJournal({ ...common, ownMessages, downloads, awaited }),
		sent: new SentJournal({ ...common, queue, rosters, ownNumber, noteSent, addresses, applyEdit }),
	};
}
