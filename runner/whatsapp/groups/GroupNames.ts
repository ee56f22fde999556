import type { Clock } from '../../Clock';
import { readRefusal } from '../ask';
import type { GroupCache } from './GroupCache';

/** How long a message may wait for the name of its group. */
const PATIENCE_MS = 2_000;
/** After WhatsApp has let one wait in vain, none waits for so long. */
const PAUSE_MS = 60_000;

/** Codes that say something of the one group that was asked for. */
const OF_THIS_GROUP = [401, 403, 404];

interface GroupNamesOptions {
	/** Tells of every answer, so that what groups are called is written down before the answer is here. */
	cache: Pick<GroupCache, 'all' | 'get'>;
	/** Whether it is known what a group is called. */
	isKnown: (groupId: string) => boolean;
	clock: Clock;
}

/**
 * Sees to it that the first message of a group already says what the group is called. All groups are
 * asked for in one query a connection; a message that overtakes the answer waits for it, and a group
 * that is not in it is asked for alone. Neither silence of WhatsApp nor its limits hold messages up.
 */
export class GroupNames {
	private all: Promise<unknown> | undefined;
	private readonly refused = new Set<string>();
	private pausedUntil = 0;

	constructor(private readonly options: GroupNamesOptions) {}

	/** Asks for all groups, once. */
	learnAll(): Promise<unknown> {
		return (this.all ??= this.options.cache.all());
	}

	/** Waits for the name of a group, should it not be known; never for long. */
	async learn(groupId: string): Promise<void> {
		if (!this.isMissing(groupId)) return;
		await this.inTime(this.learnAll());
		if (!this.isMissing(groupId)) return;
		const isAnswered = await this.inTime(this.options.cache.get(groupId));
		if (isAnswered && !this.options.isKnown(groupId)) this.refused.add(groupId);
	}

	private isMissing(groupId: string): boolean {
		const { clock, isKnown } = this.options;
		if (clock.now() < this.pausedUntil || this.refused.has(groupId)) return false;
		return !isKnown(groupId);
	}

	/** Whether there was an answer, be it a refusal. */
	private async inTime(asking: Promise<unknown>): Promise<boolean> {
		const { clock } = this.options;
		const { promise: late, resolve } = Promise.withResolvers<boolean>();
		const timer = clock.setTimer(() => resolve(false), PATIENCE_MS);
		const answered = asking.then(
			() => true,
			(error: unknown) => OF_THIS_GROUP.includes(readRefusal(error) ?? 0),
		);
		const isAnswered = await Promise.race([answered, late]);
		timer.cancel();
		if (!isAnswered) this.pausedUntil = clock.now() + PAUSE_MS;
		return isAnswered;
	}
}
