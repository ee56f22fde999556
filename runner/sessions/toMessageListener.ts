import type { MessageJournal } from '../messages/MessageJournal';
import type { SentJournal } from '../messages/SentJournal';
import type { ConnectionListener, Staged } from '../whatsapp/ConnectionListener';
import type { AccountPeople } from './AccountPeople';
import type { CallDesk } from './CallDesk';
import type { LifeListener } from './ConnectionKeeper';
import type { SendQueue } from './sending/SendQueue';

/** What WhatsApp says of accounts that may begin no chats, and of names that it takes nothing under. */
const NAME_REFUSED = '463';

interface MessageParts {
	/** Messages received. */
	journal: MessageJournal;
	sent: SentJournal;
	account: AccountPeople;
	queue: SendQueue;
	calls: CallDesk;
}

/** Where a connection brings what it hears of messages: into the journals, within its commit. */
export function toMessageListener({
	journal,
	sent,
	account,
	queue,
	calls,
}: MessageParts): Omit<ConnectionListener, keyof LifeListener> {
	return {
		people: account.journal,
		hasJournalled: (key) => journal.hasJournalled(key),
		onMessage: (message) =>
			account.received(message, calls.received(message, journal.received(message))),
		onUndecryptable: (message) => journal.undecryptable(message),
		storedContent: (messageId, place, author) => journal.contentOf(messageId, place, author),
		onStatus: (change) => journal.statusChanged(change),
		onServerAck(messageId, errorCode, address) {
			const name = errorCode === NAME_REFUSED ? address : null;
			const retry = name === null ? undefined : sent.refusedUnder(messageId, name);
			if (name !== null && retry?.isNews) {
				return alsoSettle(retry, () => queue.readdress(messageId, name));
			}
			if (retry) return undefined;
			const staged = sent.acknowledged(messageId, errorCode, address);
			return alsoSettle(staged, () => queue.settle(messageId, errorCode));
		},
		onProtocolDone: (key) => journal.protocolDone(key),
		unfinishedProtocol: () => journal.unfinishedProtocol(),
		copyOf: (messageId) => sent.copyOf(messageId),
	};
}

/** Whoever waits for a message learns of its fate once that is on disk. */
function alsoSettle(staged: Staged | undefined, settle: () => void): Staged | undefined {
	if (!staged) return undefined;
	const { statements, announce } = staged;
	return {
		statements,
		announce: () => {
			announce?.();
			settle();
		},
	};
}
