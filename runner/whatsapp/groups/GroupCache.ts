import type { GroupMetadata } from '@whiskeysockets/baileys';
import type { Clock } from '../../Clock';
import { AnswerCache } from '../AnswerCache';

/** How long what WhatsApp said of a group is believed without a notification of a change. */
const MAX_AGE_MS = 5 * 60_000;
const MAX_GROUPS = 5000;
const ALL = 'all';

interface GroupCacheOptions {
	/** Asks WhatsApp for one group. */
	load: (jid: string) => Promise<GroupMetadata>;
	/** Asks WhatsApp for all groups of the account. */
	loadAll: () => Promise<GroupMetadata[]>;
	/** Hears every answer before whoever asked. */
	onAnswer: (groups: GroupMetadata[]) => void;
	clock: Pick<Clock, 'now'>;
}

/** Group metadata, asked for once at a time: WhatsApp answers repeated questions with `rate-overlimit`. */
export class GroupCache {
	private readonly groups: AnswerCache<GroupMetadata>;
	private readonly lists: AnswerCache<GroupMetadata[]>;

	constructor(private readonly options: GroupCacheOptions) {
		const now = () => options.clock.now();
		this.groups = new AnswerCache({ maxAgeMs: MAX_AGE_MS, maxEntries: MAX_GROUPS, now });
		this.lists = new AnswerCache({ maxAgeMs: MAX_AGE_MS, maxEntries: 1, now });
	}

	get(jid: string): Promise<GroupMetadata> {
		return this.groups.get(jid, async () => {
			const group = await this.options.load(jid);
			this.options.onAnswer([group]);
			return group;
		});
	}

	all(): Promise<GroupMetadata[]> {
		return this.lists.get(ALL, async () => {
			const groups = await this.options.loadAll();
			for (const group of groups) this.groups.put(group.id, group);
			this.options.onAnswer(groups);
			return groups;
		});
	}

	/** Something about the group has changed, here or elsewhere. */
	forget(jid: string): void {
		this.groups.forget(jid);
		this.lists.forget(ALL);
	}
}
