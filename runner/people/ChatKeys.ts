import type { Clock } from '../Clock';
import { forgetOldest } from '../limits/forgetOldest';
import type { Database } from '../storage/Database';
import type { Statement } from '../storage/Statement';
import { ChatKeyRepository, type ChatKey } from './ChatKeyRepository';

const MAX_REMEMBERED = 5000;

interface ChatKeysOptions {
	instanceId: string;
	database: Database;
	clock: Pick<Clock, 'now'>;
}

/**
 * The keys under which receivers know the conversations of an instance. A chat may be a LID's today and
 * its phone's tomorrow; the key that was told first stays.
 */
export class ChatKeys {
	private readonly repository: ChatKeyRepository;
	/** Keys by name, staged ones included. */
	private readonly known = new Map<string, ChatKey>();

	constructor(private readonly options: ChatKeysOptions) {
		this.repository = new ChatKeyRepository(options.database);
	}

	/** The key of a chat that somebody is about to be told of, and the rows that keep it. */
	tell(chatId: string): { key: string; statements: Statement[] } {
		const name = this.toName(chatId);
		const known = this.find(name);
		if (known) return { key: known.key, statements: [] };
		return { key: name, statements: [this.keep(name, this.fresh(name))] };
	}

	/**
	 * A LID and a phone (both JIDs) are one person, and so one conversation. `isLidStored`: the chat of the
	 * LID may have been listed before there were keys.
	 */
	merge(lid: string, phone: string, isLidStored: boolean): Statement[] {
		const [hidden, shown] = [this.toName(lid), this.toName(phone)];
		const ofLid = this.find(hidden) ?? (isLidStored ? this.fresh(hidden) : undefined);
		const ofPhone = this.find(shown);
		const first = !ofPhone || (ofLid && ofLid.told_at < ofPhone.told_at) ? ofLid : ofPhone;
		if (!first) return [];
		return [hidden, shown]
			.filter((name) => this.find(name)?.key !== first.key)
			.map((name) => this.keep(name, first));
	}

	/** After a failed commit the disk is the truth. */
	forgetUncommitted(): void {
		this.known.clear();
	}

	private find(name: string): ChatKey | undefined {
		const known = this.known.get(name) ?? this.repository.find(this.options.instanceId, name);
		if (known) this.remember(name, known);
		return known;
	}

	private keep(name: string, chatKey: ChatKey): Statement {
		this.remember(name, chatKey);
		return this.repository.put(this.options.instanceId, name, chatKey);
	}

	private remember(name: string, chatKey: ChatKey): void {
		this.known.delete(name);
		this.known.set(name, chatKey);
		forgetOldest(this.known, MAX_REMEMBERED);
	}

	private fresh(name: string): ChatKey {
		return { key: name, told_at: this.options.clock.now() };
	}

	private toName(chatId: string): string {
		return this.repository.toName(this.options.instanceId, chatId);
	}
}
