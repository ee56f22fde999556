import type { GroupMetadata } from '@whiskeysockets/baileys';

/** How long what WhatsApp said of a group is believed without a notification of a change. */
const MAX_AGE_MS = 5 * 60_000;

/** Group metadata, asked for once at a time: WhatsApp answers repeated questions with `rate-overlimit`. */
export class GroupCache {
	private readonly entries = new Map<string, { metadata: Promise<GroupMetadata>; at: number }>();

	constructor(private readonly load: (jid: string) => Promise<GroupMetadata>) {}

	get(jid: string): Promise<GroupMetadata> {
		const entry = this.entries.get(jid);
		if (entry && Date.now() - entry.at < MAX_AGE_MS) return entry.metadata;
		const metadata = this.load(jid);
		this.entries.set(jid, { metadata, at: Date.now() });
		metadata.catch(() => this.forget(jid));
		return metadata;
	}

	forget(jid: string): void {
		this.entries.delete(jid);
	}
}
