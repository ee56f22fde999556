import type { Clock, Timer } from '../Clock';
import type { Database, Row } from '../storage/Database';
import { openOrNull, seal } from '../storage/encryption/sealedColumns';
import type { Statement } from '../storage/Statement';
import type { OutboxPort } from '../webhooks/OutboxPort';
import type { EventMaker } from './EventMaker';
import type { IncomingMessage } from './IncomingMessage';
import type { JournalKey } from './JournalKey';
import { Staging, type StagedRows } from './Staging';
import { toReceivedBody } from './toEventBody';

/** How long senders have for their five attempts at sending it once more. */
const PATIENCE_MS = 10 * 60_000;
/** After a connection opens, what was sent again meanwhile comes first. */
const BACKLOG_MS = 2 * 60_000;
const CHECK_INTERVAL_MS = 60_000;

interface AwaitedOptions {
	instanceId: string;
	database: Database;
	events: EventMaker;
	outbox: OutboxPort;
	clock: Clock;
	ttlMs: number;
	/** One of them has come and is on disk. */
	onRecovered: (recovery: Recovery) => void;
}

/** How late a message is that had to be asked for again. */
export interface Recovery {
	/** Since it was asked for, or since the runner has started. */
	waitedMs: number;
	/** How many messages of its chat have come in its place. */
	overtakenBy: number;
}

interface Awaited {
	chat: string;
	sinceMs: number;
	overtakenBy: number;
}

interface AwaitedRow extends Row {
	/** null when it is damaged. */
	message: string | null;
}

/**
 * Messages that could not be decrypted: their senders were asked for them again. They are no rows of the
 * journal, as the real message comes under the same key; when it does not come, receivers are told that
 * there was one.
 */
export class AwaitedMessages {
	private readonly awaited = new Map<string, Awaited>();
	private openedAt = 0;
	private timer: Timer | undefined;

	constructor(private readonly options: AwaitedOptions) {
		for (const { key } of this.due(Number.MAX_SAFE_INTEGER)) this.expect(key);
	}

	/** Rows for a message that is awaited from now on. */
	add(message: IncomingMessage): Statement[] {
		const { instanceId, clock, ttlMs } = this.options;
		this.expect(message.key);
		const now = clock.now();
		return [
			{
				sql: `INSERT INTO awaited_messages (instance_id, key, message, due_at, expires_at)
					VALUES (?1, ?2, ${seal('awaited_messages.message', '?3', '?1', '?2')}, ?4, ?5)
					ON CONFLICT DO NOTHING`,
				params: [
					instanceId,
					toText(message.key),
					JSON.stringify(message),
					now + PATIENCE_MS,
					now + ttlMs,
				],
			},
		];
	}

	/** A message has come: an awaited one, or one that was sent after those and is told before them. */
	arrived(key: JournalKey, staged: Staging): void {
		const text = toText(key);
		const found = this.awaited.get(text);
		if (!found) {
			for (const other of this.awaited.values()) if (other.chat === key.chat) other.overtakenBy++;
			return;
		}
		this.awaited.delete(text);
		staged.add(this.remove(key));
		const { clock, onRecovered } = this.options;
		const { sinceMs, overtakenBy } = found;
		staged.whenDone(() => onRecovered({ waitedMs: clock.now() - sinceMs, overtakenBy }));
	}

	/** Connected: what does not come within its time is told. */
	start(): void {
		const { clock } = this.options;
		this.openedAt = clock.now();
		const check = () => {
			this.timer = clock.setTimer(check, CHECK_INTERVAL_MS);
			void this.tellDue();
		};
		this.timer?.cancel();
		this.timer = clock.setTimer(check, CHECK_INTERVAL_MS);
	}

	stop(): void {
		this.timer?.cancel();
		this.timer = undefined;
	}

	private expect(key: JournalKey): void {
		const text = toText(key);
		if (this.awaited.has(text)) return;
		const sinceMs = this.options.clock.now();
		this.awaited.set(text, { chat: key.chat, sinceMs, overtakenBy: 0 });
	}

	private async tellDue(): Promise<void> {
		const { clock, database } = this.options;
		if (this.awaited.size === 0 || clock.now() < this.openedAt + BACKLOG_MS) return;
		for (const message of this.due(clock.now())) {
			const staged = this.tell(message);
			try {
				await database.write(staged.statements);
				this.awaited.delete(toText(message.key));
				staged.announce?.();
			} catch {
				// The row is still there: the next look, or the next start, tells it.
				return;
			}
		}
	}

	private tell(message: IncomingMessage): StagedRows {
		const { events, outbox } = this.options;
		const staged = new Staging();
		staged.add(this.remove(message.key));
		staged.event(
			outbox,
			events.create('received', message.chatId, (origin) => toReceivedBody(origin, message)),
		);
		return staged;
	}

	private remove(key: JournalKey): Statement {
		return {
			sql: 'DELETE FROM awaited_messages WHERE instance_id = ? AND key = ?',
			params: [this.options.instanceId, toText(key)],
		};
	}

	private due(now: number): IncomingMessage[] {
		return this.options.database
			.all<AwaitedRow>(
				`SELECT ${openOrNull('awaited_messages.message')} FROM awaited_messages
				WHERE instance_id = ? AND due_at <= ? ORDER BY due_at`,
				this.options.instanceId,
				now,
			)
			.flatMap(({ message }) => (message ? [JSON.parse(message) as IncomingMessage] : []));
	}
}

function toText({ messageId, chat, participant, isFromMe }: JournalKey): string {
	return `${messageId}\n${chat}\n${participant}\n${isFromMe}`;
}
