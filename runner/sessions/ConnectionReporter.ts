import type { Clock, Timer } from '../Clock';

/** How long a connection may be away before anybody is told. */
const GRACE_MS = 15_000;

interface ReporterOptions {
	clock: Clock;
	/** What receivers were last told, from before a restart. */
	isReportedConnected: boolean;
	/** Tells them; `reason` is null for `connected`. */
	report: (isConnected: boolean, reason: string | null) => void;
}

/** Decides when receivers hear `connected` and `disconnected`: a flapping network is not news. */
export class ConnectionReporter {
	private timer: Timer | undefined;
	private isReported: boolean;

	constructor(private readonly options: ReporterOptions) {
		this.isReported = options.isReportedConnected;
	}

	get isReportedConnected(): boolean {
		return this.isReported;
	}

	connected(): void {
		this.cancel();
		if (!this.isReported) this.tell(true, null);
	}

	/** Gone, but it will be tried again: told when it stays away. */
	lost(): void {
		if (!this.isReported || this.timer) return;
		this.timer = this.options.clock.setTimer(() => {
			this.timer = undefined;
			this.tell(false, 'connection_lost');
		}, GRACE_MS);
	}

	/** Gone for good: told at once. */
	gone(reason: string): void {
		this.cancel();
		if (this.isReported) this.tell(false, reason);
	}

	/** The runner stops: nothing is told any more. */
	cancel(): void {
		this.timer?.cancel();
		this.timer = undefined;
	}

	private tell(isConnected: boolean, reason: string | null): void {
		this.isReported = isConnected;
		this.options.report(isConnected, reason);
	}
}
