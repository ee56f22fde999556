import type { Database, Row } from '../storage/Database';
import type { Statement } from '../storage/Statement';
import type { ResolvedNumber } from './RecipientDirectory';

interface CheckRow extends Row {
	jid: string | null;
	lid: string | null;
}

/** What WhatsApp has said of numbers, and the contacts that need no asking because they have written. */
export class NumberCheckRepository {
	constructor(
		private readonly database: Database,
		private readonly instanceId: string,
	) {}

	find(phone: string, now: number): ResolvedNumber | undefined {
		const row = this.database.get<CheckRow>(
			`SELECT jid, lid FROM number_checks
			WHERE instance_id = ? AND phone = ? AND expires_at > ?`,
			this.instanceId,
			phone,
			now,
		);
		return row && { exists: row.jid !== null, jid: row.jid, lid: row.lid };
	}

	/** The first of these numbers that has written to this account. */
	findContact(phones: readonly string[]): ResolvedNumber | undefined {
		for (const phone of phones) {
			const jid = `${phone}@s.whatsapp.net`;
			const row = this.database.get<Row & { lid: string | null }>(
				'SELECT lid FROM contacts WHERE instance_id = ? AND id = ? AND has_written = 1',
				this.instanceId,
				jid,
			);
			if (row) return { exists: true, jid, lid: row.lid };
		}
		return undefined;
	}

	put(phone: string, { jid, lid }: ResolvedNumber, expiresAt: number): Statement {
		return {
			sql: `INSERT OR REPLACE INTO number_checks (instance_id, phone, jid, lid, expires_at)
				VALUES (?, ?, ?, ?, ?)`,
			params: [this.instanceId, phone, jid, lid, expiresAt],
		};
	}
}
