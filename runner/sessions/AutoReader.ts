import type { Clock } from '../Clock';
import type { IncomingMessage } from '../messages/IncomingMessage';
import type { JournalKey } from '../messages/JournalKey';

/** What comes within this time is marked read together. */
const GATHER_MS = 300;

interface AutoReaderOptions {
	isOn: () => boolean;
	clock: Clock;
	read: (chatId: string, keys: JournalKey[]) => Promise<void>;
}

/** So many of a chat are tried again after the connection has ended under them. */
const MAX_KEPT = 500;

/** Marks incoming messages read by themselves, where the instance is told to. */
export class AutoReader {
	private waiting = new Map<string, JournalKey[]>();
	private isArmed = false;

	constructor(private readonly options: AutoReaderOptions) {}

	/** A message that is on disk. */
	received({ key, chatId, type, isForReceivers, edit }: IncomingMessage): void {
		// WhatsApp knows no message by the place of what happened to a group.
		if (type === 'group_change') return;
		if (key.isFromMe || !isForReceivers || edit || !this.options.isOn()) return;
		this.add(chatId, [key]);
		this.arm();
	}

	/** The connection is open: what the one before did not get to say is said now. */
	resume(): void {
		if (this.waiting.size > 0) this.arm();
	}

	/** The account is gone. */
	forget(): void {
		this.waiting.clear();
	}

	private add(chatId: string, keys: JournalKey[]): void {
		this.waiting.set(chatId, [...(this.waiting.get(chatId) ?? []), ...keys].slice(-MAX_KEPT));
	}

	private arm(): void {
		if (this.isArmed) return;
		this.isArmed = true;
		this.options.clock.setTimer(() => this.flush(), GATHER_MS);
	}

	private flush(): void {
		this.isArmed = false;
		const due = this.waiting;
		this.waiting = new Map();
		for (const [chatId, keys] of due) {
			this.options.read(chatId, keys).catch(() => this.add(chatId, keys));
		}
	}
}
