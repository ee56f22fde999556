import { toNumber } from '../../../contract';
import type { Clock } from '../../Clock';
import type { Departure } from '../../messages/Departure';
import type { Outgoing, PreparedMessage } from '../../messages/Outgoing';
import type { SendQueueRepository } from '../../messages/SendQueueRepository';
import type { SentJournal } from '../../messages/SentJournal';
import type { Database } from '../../storage/Database';
import type { Statement } from '../../storage/Statement';
import type { PendingSend } from './PendingSend';

const IDEMPOTENCY_TTL_MS = 24 * 3_600_000;

export interface QueueStoreOptions {
	instanceId: string;
	database: Database;
	repository: SendQueueRepository;
	journal: SentJournal;
	clock: Clock;
	phoneOfLid: (lid: string) => string | null;
	/** Keeps a file of the store as long as its message. */
	keepFile: (sha256: string) => Statement;
}

/** The queue on disk: what a message is while it waits, and that it has failed. */
export class QueueStore {
	constructor(private readonly options: QueueStoreOptions) {}

	/** What is to be written of it when it leaves. */
	departureOf(pending: PendingSend, isWanted: () => boolean): Departure {
		const { outgoing } = pending;
		return {
			mayHaveLeft: pending.mayHaveLeft,
			rows: (roster) => {
				if (!isWanted()) return undefined;
				pending.isLeaving = true;
				pending.mayHaveLeft = true;
				const departed = roster ? this.options.journal.leaves(outgoing.messageId, roster) : [];
				return [...this.rowsOf(pending), ...departed];
			},
			committed: () => pending.stored(outgoing),
		};
	}

	private rowsOf(pending: PendingSend): readonly Statement[] {
		return pending.rows({
			insert: (outgoing, prepared) => this.toRows(pending, outgoing, prepared),
			update: (outgoing) => this.options.journal.changed(outgoing),
		});
	}

	/** False when it is not on disk: it could not be written. */
	async store(pending: PendingSend): Promise<boolean> {
		const { outgoing } = pending;
		const storing = this.options.database.write(this.rowsOf(pending)).then(
			() => {
				pending.stored(outgoing);
				return true;
			},
			// The connection may have committed it meanwhile.
			() => pending.isStored,
		);
		pending.storing = storing;
		return await storing;
	}

	/** Writes that a message will never be sent, and tells receivers. Rejects when it cannot. */
	async refuse(messageId: string, reason: string, pending?: PendingSend): Promise<void> {
		const rows = pending ? this.rowsOf(pending) : [];
		const staged = this.options.journal.failed(messageId, reason);
		await this.options.database.write([...rows, ...staged.statements]);
		staged.announce?.();
	}

	private toRows(pending: PendingSend, outgoing: Outgoing, prepared: PreparedMessage): Statement[] {
		const { journal, repository, instanceId, clock, phoneOfLid, keepFile } = this.options;
		const { jid, messageId } = outgoing;
		const phone = jid.endsWith('@lid') ? phoneOfLid(jid) : null;
		const rows = journal.queued(outgoing, prepared, phone ?? toNumber(jid));
		const { media } = prepared.details;
		if (media) rows.push(keepFile(media.sha256));
		if (pending.idempotency) {
			const expiresAt = clock.now() + IDEMPOTENCY_TTL_MS;
			const entry = { ...pending.idempotency, messageId, expiresAt };
			rows.push(repository.rememberKey(instanceId, entry));
		}
		return rows;
	}
}
