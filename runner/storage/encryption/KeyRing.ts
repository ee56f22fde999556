import type { KeyObject } from 'node:crypto';
import { createDataKey, type KeyRow } from './dataKeys';
import type { Sealer, SealingKeys } from './Sealer';

/** The opened data keys of a database. The newest is the one in use; the others only open old values. */
export class KeyRing {
	constructor(
		private readonly wrapper: Sealer,
		private keys: ReadonlyMap<number, KeyObject>,
	) {}

	get sealing(): SealingKeys {
		return { activeId: this.activeId, keys: this.keys };
	}

	get activeId(): number {
		return Math.max(...this.keys.keys());
	}

	/** Those that something may still be sealed with although there is a newer one. */
	get retiredIds(): number[] {
		return [...this.keys.keys()].filter((id) => id !== this.activeId);
	}

	/** A new data key. It is not in use before its row is on disk and it was added. */
	draft(): { row: KeyRow; add: () => void } {
		const { row, key } = createDataKey(this.wrapper, this.activeId + 1);
		return { row, add: () => void (this.keys = new Map([...this.keys, [row.id, key]])) };
	}

	remove(ids: readonly number[]): void {
		this.keys = new Map([...this.keys].filter(([id]) => !ids.includes(id)));
	}
}
