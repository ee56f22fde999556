import type { UnreadableMessage } from '../simulator/events';

/** What contacts could not read, counted by cause. */
export class Unreadables {
	private readonly counts = new Map<string, number>();

	note({ isInGroup, types, failed, reason }: UnreadableMessage): void {
		const cause = `${isInGroup ? 'group' : 'chat'} [${types.join(' ')}] ${failed}: ${reason}`;
		this.counts.set(cause, (this.counts.get(cause) ?? 0) + 1);
	}

	/** The most frequent first. */
	list(): string[] {
		const causes = [...this.counts].sort(([, a], [, b]) => b - a);
		return causes.map(([cause, count]) => `${count} × ${cause}`);
	}
}
