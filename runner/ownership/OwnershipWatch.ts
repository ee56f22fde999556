import type { Clock, Timer } from '../Clock';
import type { Ownership } from './acquireOwnership';
import { DataFolderOwnedError } from './DataFolderOwnedError';

const INTERVAL_MS = 1_000;

export interface OwnershipListeners {
	/** The lock file was gone and is there again: what was published beside it may be gone as well. */
	onRenewed(): void;
	/** Another process owns the folder now. */
	onLost(error: DataFolderOwnedError): void;
	/** Neither could be found out; it is tried again. */
	onError(error: unknown): void;
}

/**
 * Notices when the lock file of the data folder is deleted under its owner, "because it looked stale":
 * else a second runner would find the folder free, and both would use one login.
 */
export class OwnershipWatch {
	private timer: Timer | undefined;

	constructor(
		private readonly clock: Clock,
		private readonly ownership: Pick<Ownership, 'renew'>,
		private readonly listeners: OwnershipListeners,
	) {}

	start(): void {
		this.timer = this.clock.setTimer(() => {
			this.start();
			this.look();
		}, INTERVAL_MS);
	}

	stop(): void {
		this.timer?.cancel();
	}

	private look(): void {
		try {
			if (this.ownership.renew()) this.listeners.onRenewed();
		} catch (error) {
			if (!(error instanceof DataFolderOwnedError)) return this.listeners.onError(error);
			this.stop();
			this.listeners.onLost(error);
		}
	}
}
